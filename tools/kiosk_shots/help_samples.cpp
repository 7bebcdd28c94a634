// SPDX-License-Identifier: Apache-2.0
// Asking for a person in states worth looking at.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.help.asked}; }

Scene asking(Scene scene) {
  scene.model.where = "Kiosk 1, by the stairs";
  scene.wish(AskForHelp{});
  return scene;
}

Scene told(Scene scene, const HelpView& request) {
  scene.event(HelpArrived{newest(scene), request});
  return scene;
}

}  // namespace

HelpView some_help() {
  HelpView help;
  help.id = std::string(32, 'e');
  help.state = HelpState::taken;
  help.about = "finding";
  help.name = "Nadia";
  help.minutes = 1;
  help.taken_at = noon.utc;
  return help;
}

std::vector<Named> help_scenes() {
  return {
      {"help-asking", [] { return asking(with_cart(cart())); }},
      {"help-waiting",
       [] {
         HelpView help = some_help();
         help.state = HelpState::waiting;
         help.about.clear();
         return told(asking(with_cart(cart())), help);
       }},
      {"help",
       [] {
         Scene scene = told(asking(with_cart(cart())), some_help());
         scene.wait(48'000);
         return scene;
       }},
      {"help-somebody",
       [] {
         HelpView help = some_help();
         help.name.clear();
         help.minutes = 15;
         return told(asking(welcome()), help);
       }},
      {"help-failed",
       [] {
         Scene scene = asking(welcome());
         scene.event(RequestFailed{newest(scene), "disk_full"});
         return scene;
       }},
  };
}

}  // namespace vitrine::kiosk::samples
