// SPDX-License-Identifier: Apache-2.0
// Questions to the hub, while a person waits: asked again when nothing comes back, and answered to the person when the document
// is here, when the hub says no, or when it has taken too long. Nothing of it is kept over a restart.
#include <algorithm>

#include "sync/ends/store_end.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

std::optional<StoreEffects> StoreEnd::ask(const Ask& question, Now now) {
  if (!greeted_ || (questions_.size() >= tuning::asks_max && !questions_.contains(question.id))) return std::nullopt;
  const auto [place, fresh] = questions_.try_emplace(question.id);
  if (fresh) place->second = {question, now.mono, now.mono.plus(tuning::ask_for_ms), {}};
  return finish({}, now);
}

void StoreEnd::on(const AskAnswer& answer, Now now, StoreEffects& out) {
  heard_from_hub(now);
  const auto found = questions_.find(answer.id);
  if (found == questions_.end()) return;
  if (!answer.code.empty()) {
    out.answers.push_back({answer.id, answer.code});
    questions_.erase(found);
    return;
  }
  found->second.again_at.reset();
  found->second.documents = answer.documents;
  hear_head(answer.own.stream, answer.own.head, now, true);
}

void StoreEnd::go_on_asking(Now now, StoreEffects& out) {
  for (auto it = questions_.begin(); it != questions_.end();) {
    Question& question = it->second;
    const bool answered = !question.again_at;
    const bool here = answered && std::ranges::all_of(question.documents, [this](const DocumentKey& key) {
                        const auto document = replica_.base(key);
                        return document && document->body;
                      });
    if (here || !greeted_ || question.until <= now.mono) {
      out.answers.push_back({it->first, here ? "" : greeted_ ? "no_answer" : "offline"});
      it = questions_.erase(it);
      continue;
    }
    if (question.again_at && *question.again_at <= now.mono) {
      out.sends.push_back(question.ask);
      question.again_at = now.mono.plus(tuning::ask_again_ms);
    }
    for (const std::optional<MonoMs>& at : {question.again_at, std::optional(question.until)}) {
      if (at && (!out.wake_at || *at < *out.wake_at)) out.wake_at = at;
    }
    ++it;
  }
}

}  // namespace vitrine::sync::ends
