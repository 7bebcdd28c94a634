// SPDX-License-Identifier: Apache-2.0
// An MQTT 5 property list that frees itself. Included by link's own .cpp files only: it shows libmosquitto's types.
#pragma once

#include <mosquitto.h>
#include <mqtt_protocol.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace vitrine::link {

class MqttProperties {
 public:
  MqttProperties() = default;
  ~MqttProperties() { mosquitto_property_free_all(&list_); }
  MqttProperties(const MqttProperties&) = delete;
  MqttProperties& operator=(const MqttProperties&) = delete;

  // All answer MOSQ_ERR_SUCCESS or why not; an empty value adds nothing.
  int content_type(const std::string& value) {
    return value.empty() ? int{MOSQ_ERR_SUCCESS} : mosquitto_property_add_string(&list_, MQTT_PROP_CONTENT_TYPE, value.c_str());
  }
  int correlation(const std::string& bytes) {
    if (bytes.empty()) return MOSQ_ERR_SUCCESS;
    return mosquitto_property_add_binary(&list_, MQTT_PROP_CORRELATION_DATA, bytes.data(),
                                         static_cast<std::uint16_t>(bytes.size()));
  }
  int expires_after_s(std::uint32_t seconds) {
    return seconds == 0 ? int{MOSQ_ERR_SUCCESS}
                        : mosquitto_property_add_int32(&list_, MQTT_PROP_MESSAGE_EXPIRY_INTERVAL, seconds);
  }

  [[nodiscard]] const mosquitto_property* list() const { return list_; }
  // The list's owner is the callee from now on.
  mosquitto_property* release() {
    mosquitto_property* list = list_;
    list_ = nullptr;
    return list;
  }

  static std::string read_content_type(const mosquitto_property* list) {
    char* text = nullptr;
    if (mosquitto_property_read_string(list, MQTT_PROP_CONTENT_TYPE, &text, false) == nullptr || text == nullptr) return {};
    std::string result(text);
    std::free(text);
    return result;
  }
  static std::string read_correlation(const mosquitto_property* list) {
    void* bytes = nullptr;
    std::uint16_t size = 0;
    if (mosquitto_property_read_binary(list, MQTT_PROP_CORRELATION_DATA, &bytes, &size, false) == nullptr || bytes == nullptr) {
      return {};
    }
    std::string result(static_cast<const char*>(bytes), size);
    std::free(bytes);
    return result;
  }

 private:
  mosquitto_property* list_ = nullptr;
};

}  // namespace vitrine::link
