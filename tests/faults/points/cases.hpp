// SPDX-License-Identifier: Apache-2.0
// Every transaction of both ends as a case: what comes before, the transaction itself, and what somebody without an answer does.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/faults/points/world.hpp"

namespace vitrine::faults {

struct Case {
  std::string name;
  bool at_hub = false;
  // A world that waits for the transaction.
  std::function<std::unique_ptr<World>()> before;
  // The transaction. None: nobody was answered (or nobody asks).
  std::function<std::optional<Error>(World&)> act;
  bool asked = false;      // by a person or a program, who asks again when there was no answer
  bool one_commit = true;  // the disk holds the state before or the one after, nothing else
  bool process = false;    // a beginning or an end, which may fail as a whole
  bool may_stay = false;   // changes no row
};

using Earlier = std::function<void(World&)>;
using Work = std::function<Result<sync::CartId>(edge::local_api::Desk&)>;

// An end hears the first letter that is wanted, after `earlier` made the other one write it.
Case comes(std::string name, bool at_hub, Earlier earlier, std::function<bool(const Letter&)> wanted);
// A person or a program asks the hub, after `earlier` (none: in the quiet world).
Case asked_of_hub(std::string name, std::function<void(hub::Desk&)> work, Earlier earlier = {});
// The same of the first store.
Case asked_in_store(std::string name, Work work, Earlier earlier = {});

// Says that in the first store, as the daemon performs what somebody asks for; answered with the first operation's document.
Work performs(sync::ends::LocalAction action);
// Says that at the hub, for a program.
std::function<void(hub::Desk&)> said_online(int number, sync::Operation operation);
// What comes before a case; ends the program where it fails.
void must(World& world, const Work& work);
void must(World& world, const std::function<void(hub::Desk&)>& work);
// What the first store tells the hub of its people's work, and the last page of what it is told itself.
bool is_batch(const Letter& letter);
bool is_own_page(const Letter& letter);

std::vector<Case> store_cases();
std::vector<Case> hub_cases();
std::vector<Case> goods_cases();
std::vector<Case> help_cases();
std::vector<Case> consent_cases();
std::vector<Case> activity_cases();
std::vector<Case> talk_cases();

}  // namespace vitrine::faults
