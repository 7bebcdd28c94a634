// SPDX-License-Identifier: Apache-2.0
// Mosquitto's two files as text. A store's user name is the common name of its certificate.
#include "hub/enrolment/broker_files.hpp"

namespace vitrine::hub {

std::string broker_config(const BrokerSettings& settings) {
  const std::string& folder = settings.folder;
  return "# Mosquitto for Vitrine. Whoever shows a certificate of the retailer's authority is known by its common name.\n"
         "per_listener_settings false\n"
         "listener " +
         std::to_string(settings.port) + (settings.listen.empty() ? "" : " " + settings.listen) +
         "\n"
         "cafile " +
         folder + "/ca.crt\ncertfile " + folder + "/broker.crt\nkeyfile " + folder +
         "/broker.key\n"
         "tls_version tlsv1.2\n"
         "require_certificate true\n"
         "use_identity_as_username true\n"
         "allow_anonymous false\n"
         "acl_file " +
         folder +
         "/acl\n"
         "user " +
         settings.user +
         "\n"
         "# Nothing waits in the broker for an absent store: cursors and numbers at both ends bring them together again.\n"
         "persistence false\n"
         "# A message is at most 256 KiB as sent, and some for topic and properties.\n"
         "max_packet_size 270000\n"
         "max_queued_messages 1000\n"
         "max_keepalive 120\n"
         "# The end of a large message does not wait for an acknowledgement of its beginning.\n"
         "set_tcp_nodelay true\n";
}

std::string hub_rights(const std::string& tenant) {
  const std::string root = "vitrine/1/" + tenant + "/";
  return "# Who may read and write what. Made by vitrine-hub; Mosquitto reads it again on SIGHUP.\n"
         "user hub\n"
         "topic read " +
         root + "hub/#\ntopic write " + root + "store/#\ntopic write " + root + "stream/#\ntopic read " + root + "status/#\n";
}

std::string store_rights(const std::string& tenant, const std::string& store, const std::vector<std::string>& streams) {
  const std::string root = "vitrine/1/" + tenant + "/";
  std::string text = "\nuser " + store + "\ntopic write " + root + "hub/" + store + "/#\ntopic write " + root + "status/" +
                     store + "\ntopic read " + root + "store/" + store + "/#\ntopic read " + root + "stream/heads\n";
  for (const std::string& stream : streams) text += "topic read " + root + "stream/" + stream + "\n";
  return text;
}

bool has_rights(const std::string& acl, const std::string& store) {
  return ("\n" + acl).find("\nuser " + store + "\n") != std::string::npos;
}

}  // namespace vitrine::hub
