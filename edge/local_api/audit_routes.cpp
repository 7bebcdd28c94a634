// SPDX-License-Identifier: Apache-2.0
// Who did and saw what, for an auditor: by who, what, whom and when, page by page. That it was read stands in it too.
#include <algorithm>
#include <charconv>

#include "edge/database/audit.hpp"
#include "edge/local_api/api.hpp"
#include "sync/model/staff.hpp"
#include "sync/protocol/audit_codec.hpp"
#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

using sync::protocol::JsonWriter;

namespace {

constexpr std::size_t audit_limit_max = 500;
constexpr std::size_t word_bytes_max = 200;
constexpr std::size_t checked_lines = 2'000;  // hashed anew with a page

// Of an action or a subject: a hash, a number, an id with what is of it. Nothing that people are called by is in the audit, so
// nothing of that kind is looked for, or written down as what was looked for.
bool is_audit_word(std::string_view text) {
  return text.size() <= word_bytes_max && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
                  c == '.' || c == '/';
         });
}

template <class Number>
Result<void> read_number(const Call& call, const std::string& name, Number least, Number& number) {
  const auto found = call.query.find(name);
  if (found == call.query.end()) return {};
  const std::string& text = found->second;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least)
    return fail("invalid_request", name + " must be a whole number from " + std::to_string(least));
  return {};
}

Result<void> read_word(const Call& call, const std::string& name, bool (*good)(std::string_view), std::string& word) {
  const auto found = call.query.find(name);
  if (found == call.query.end()) return {};
  if (!good(found->second)) return fail("invalid_request", name + " is none that may stand in the audit");
  word = found->second;
  return {};
}

Result<database::AuditQuestion> decode_question(const Call& call) {
  database::AuditQuestion question;
  for (const auto& read :
       {read_number<std::uint64_t>(call, "from", 1, question.from),
        read_number<std::int64_t>(call, "since", 0, question.since.value),
        read_number<std::int64_t>(call, "until", 0, question.until.value),
        read_word(call, "who", sync::is_staff_number, question.staff), read_word(call, "what", is_audit_word, question.action),
        read_word(call, "whom", is_audit_word, question.subject)}) {
    if (!read) return std::unexpected(read.error());
  }
  return question;
}

void write(JsonWriter& out, const database::AuditEntry& entry) {
  out.object().key("n").number(static_cast<std::int64_t>(entry.n)).key("at").number(entry.at.value).field("staff", entry.staff);
  out.field("device", entry.device).field("action", entry.action).field("subject", entry.subject);
  out.field("outcome", entry.outcome).end_object();
}

// How the chain stands: what the hub has said of it, and whether the lines from this page on fit one another.
void write_chain(JsonWriter& out, database::Reader& store, const sync::StoreId& name, std::uint64_t first) {
  auto& rows = store.connection();
  const std::uint64_t last = database::audit_end(rows).n;
  const auto body = store.body("audit", sync::protocol::audit_key(name).id);
  const auto chain = body ? sync::protocol::decode_audit(*body) : fail("", "");
  out.key("chain").object().key("last").number(static_cast<std::int64_t>(last));
  out.key("told").number(static_cast<std::int64_t>(chain ? std::min(chain->last.n, last) : 0)).key("breaks").array();
  if (chain) {
    // The document names the latest of all that there were.
    const std::uint64_t unnamed = chain->broken - std::min<std::uint64_t>(chain->broken, chain->breaks.size());
    for (std::size_t i = 0; i < chain->breaks.size(); ++i) {
      const sync::AuditBreak& one = chain->breaks[i];
      out.object().key("n").number(static_cast<std::int64_t>(one.n)).field("what", one.what);
      out.key("at").number(one.stamp.at.value).key("settled").truth(unnamed + i < chain->settled).end_object();
    }
  }
  out.end_array();
  const std::uint64_t begin = database::audit_begin(rows).n;
  database::AuditMark place = database::audit_begin(rows);
  if (first > begin + 1) {
    // From the line before the page, as it stands; where there is none, that is what is wrong.
    const auto hash = database::audit_hash_at(rows, first - 1);
    if (hash) place = {first - 1, *hash};
  }
  if (const auto broken = database::check_audit(rows, place, checked_lines))
    out.key("broken_at").number(static_cast<std::int64_t>(*broken));
  out.end_object();
}

}  // namespace

Reply Api::get_audit(const Call& call, const std::vector<std::string>&) {
  const auto limit = limit_of(call, 100, audit_limit_max);
  if (!limit) return problem(limit.error());
  const auto question = decode_question(call);
  if (!question) return problem(question.error());
  auto readers = readers_.borrow();
  if (!readers) return problem(readers.error());
  Acting acting{{}, call.caller.device, "audit.get", question->subject, {}};
  if (call.caller.role == DeviceRole::counter) {
    const auto rules = readers->store->staff_rules();
    if (const auto session = sessions_.find(call.session, call.caller.device, rules, setup_.now().mono))
      acting.staff = session->staff;
  }
  // Before it is read, so that whoever reads the newest lines finds themselves.
  if (auto noted = write_down(acting, "seen"); !noted) {
    readers_.give_back(std::move(*readers));
    return problem(noted.error());
  }
  const auto entries = database::search_audit(readers->store->connection(), *question, *limit + 1);
  JsonWriter out;
  out.object();
  write_chain(out, *readers->store, setup_.store, entries.empty() ? question->from : entries.front().n);
  readers_.give_back(std::move(*readers));
  out.key("entries").array();
  for (std::size_t i = 0; i < std::min(entries.size(), *limit); ++i) write(out, entries[i]);
  out.end_array().key("more").truth(entries.size() > *limit).end_object();
  return ok(out.take());
}

}  // namespace vitrine::edge::local_api
