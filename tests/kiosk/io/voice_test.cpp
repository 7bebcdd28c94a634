// SPDX-License-Identifier: Apache-2.0
// Speech through speech-dispatcher itself, with a voice that writes down what it says instead of sounding it: sentences arrive in
// their order, language and loudness, and silence is silence, though the one who speaks is a program of its own.
#include <doctest/doctest.h>

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "kiosk/io/child_voice.hpp"
#include "tests/kiosk/io/wait_until.hpp"

using namespace vitrine::kiosk;

namespace {

class Dispatcher {
 public:
  Dispatcher() {
    std::filesystem::create_directories(folder_.file("modules"));
    write("speechd.conf",
          "LogLevel 1\nLogDir \"" + folder_.file("") +
              "\"\nAudioOutputMethod \"alsa\"\nAudioALSADevice \"null\"\n"
              "AddModule \"written\" \"sd_generic\" \"written.conf\"\nDefaultModule written\nDefaultLanguage \"en\"\n");
    write("modules/written.conf",
          "Debug 0\nGenericExecuteSynth \"echo '$LANGUAGE $VOLUME $DATA' >> " + folder_.file("said") +
              "; sleep 0.3\"\nGenericLanguage \"en\" \"en\" \"utf-8\"\nGenericLanguage \"de\" \"de\" \"utf-8\"\n"
              "GenericDefaultCharset \"utf-8\"\nAddVoice \"en\" \"MALE1\" \"m1\"\n");
    const std::string socket = folder_.file("socket");
    ::setenv("SPEECHD_ADDRESS", ("unix_socket:" + socket).c_str(), 1);
    REQUIRE(server_.start({"/usr/bin/speech-dispatcher", "-s", "-C", folder_.file(""), "-c", "unix_socket", "-S", socket, "-P",
                           folder_.file("pid"), "-t", "0"},
                          -1));
    REQUIRE(wait_until([&] { return std::filesystem::exists(socket); }));
  }
  [[nodiscard]] std::string said() const {
    std::ifstream file(folder_.file("said"));
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
  }
  [[nodiscard]] bool has_said(const std::string& words) const { return said().find(words) != std::string::npos; }

 private:
  void write(const std::string& name, const std::string& words) const { std::ofstream(folder_.file(name)) << words; }

  ScratchFolder folder_;
  Child server_;
};

}  // namespace

TEST_CASE("speech-dispatcher says each sentence in its language, and is silent at once when it is to be") {
  REQUIRE_MESSAGE(std::filesystem::exists("/usr/bin/spd-say"),
                  "speech-dispatcher is not installed (packaging/packages/test.txt)");
  Dispatcher dispatcher;
  auto voice = ChildVoice::open("/usr/bin/spd-say");
  REQUIRE(voice);
  const auto speaks_until = [&](const std::string& words) {
    return wait_until([&] {
      (*voice)->go_on();
      return dispatcher.has_said(words);
    });
  };
  (*voice)->say({"Your cart", "en", 100});
  (*voice)->say({"Neun Artikel\n!-!SET SELF LANGUAGE en", "de", 50});
  CHECK(speaks_until("Your cart"));
  CHECK(speaks_until("Neun Artikel"));
  CHECK(dispatcher.said().starts_with("en "));
  CHECK(dispatcher.has_said("\nde "));
  CHECK(speaks_until("SET SELF"));  // words, and no command
  // Of a long text the first sentence is spoken when a finger touches the screen.
  (*voice)->say({"First of all. Then the second. And the third. And the very last.", "en", 100});
  REQUIRE(speaks_until("First of all"));
  (*voice)->stop();
  (*voice)->say({"Somebody else", "en", 100});
  CHECK(speaks_until("Somebody else"));
  CAPTURE(dispatcher.said());
  CHECK_FALSE(dispatcher.has_said("the very last"));
}
