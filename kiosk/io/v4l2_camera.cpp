// SPDX-License-Identifier: Apache-2.0
// A V4L2 camera with mapped buffers. Only formats whose brightness can be copied are asked for: GREY, NV12, YUYV.
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <utility>

#include "kiosk/io/descriptor.hpp"
#include "kiosk/io/frame_source.hpp"

namespace vitrine::kiosk {
namespace {

constexpr std::uint32_t buffers_wanted = 4;

int control(int fd, unsigned long request, void* argument) {
  int answer = -1;
  do {
    answer = ioctl(fd, request, argument);
  } while (answer < 0 && errno == EINTR);
  return answer;
}

struct Mapped {
  void* start = MAP_FAILED;
  std::size_t length = 0;
};

class V4l2Camera final : public FrameSource {
 public:
  explicit V4l2Camera(Descriptor device) : device_(std::move(device)) {}
  ~V4l2Camera() override {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    control(device_.get(), VIDIOC_STREAMOFF, &type);
    for (const Mapped& buffer : buffers_) munmap(buffer.start, buffer.length);
  }
  V4l2Camera(const V4l2Camera&) = delete;
  V4l2Camera& operator=(const V4l2Camera&) = delete;

  Result<void> start() {
    if (auto chosen = choose_format(); !chosen) return chosen;
    v4l2_requestbuffers request{};
    request.count = buffers_wanted;
    request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    request.memory = V4L2_MEMORY_MMAP;
    if (control(device_.get(), VIDIOC_REQBUFS, &request) != 0 || request.count < 2) return unusable("gives no mapped buffers");
    for (std::uint32_t i = 0; i < request.count; ++i) {
      v4l2_buffer buffer = buffer_at(i);
      if (control(device_.get(), VIDIOC_QUERYBUF, &buffer) != 0) return unusable("does not describe its buffers");
      void* start = mmap(nullptr, buffer.length, PROT_READ, MAP_SHARED, device_.get(), static_cast<off_t>(buffer.m.offset));
      if (start == MAP_FAILED) return unusable("does not map its buffers");
      buffers_.push_back({start, buffer.length});
      if (control(device_.get(), VIDIOC_QBUF, &buffer) != 0) return unusable("does not take its buffers");
    }
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (control(device_.get(), VIDIOC_STREAMON, &type) != 0) return unusable("does not start");
    return {};
  }

  Result<bool> next(LumaFrame& into, int at_most_ms) override {
    pollfd wait{.fd = device_.get(), .events = POLLIN, .revents = 0};
    if (::poll(&wait, 1, at_most_ms) <= 0) return false;
    if ((wait.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) return fail("camera_missing", "the camera went away");
    // The newest of what is ready: older pictures show what is no longer before the camera.
    std::optional<v4l2_buffer> newest;
    for (std::size_t i = 0; i < buffers_.size(); ++i) {
      v4l2_buffer buffer = buffer_at(0);
      if (control(device_.get(), VIDIOC_DQBUF, &buffer) != 0) {
        if (errno == EAGAIN) break;
        return fail("camera_missing", "the camera stopped giving pictures");
      }
      if (newest) control(device_.get(), VIDIOC_QBUF, &*newest);
      newest = buffer;
    }
    if (!newest) return false;
    const bool whole = newest->index < buffers_.size() && (newest->flags & V4L2_BUF_FLAG_ERROR) == 0 &&
                       copy_luma(buffers_[newest->index], newest->bytesused, into);
    if (control(device_.get(), VIDIOC_QBUF, &*newest) != 0)
      return fail("camera_missing", "the camera does not take its buffer back");
    return whole;
  }

  [[nodiscard]] bool single_pictures() const override { return false; }

 private:
  static std::unexpected<Error> unusable(const char* why) { return fail("camera_unusable", std::string("the camera ") + why); }

  static v4l2_buffer buffer_at(std::uint32_t index) {
    v4l2_buffer buffer{};
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = V4L2_MEMORY_MMAP;
    buffer.index = index;
    return buffer;
  }

  Result<void> choose_format() {
    v4l2_capability able{};
    if (control(device_.get(), VIDIOC_QUERYCAP, &able) != 0) return unusable("is no video device");
    const std::uint32_t can = (able.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? able.device_caps : able.capabilities;
    if ((can & V4L2_CAP_VIDEO_CAPTURE) == 0 || (can & V4L2_CAP_STREAMING) == 0) return unusable("does not stream pictures");
    for (const std::uint32_t wanted : {V4L2_PIX_FMT_GREY, V4L2_PIX_FMT_NV12, V4L2_PIX_FMT_YUYV}) {
      v4l2_format format{};
      format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
      format.fmt.pix.width = 1280;
      format.fmt.pix.height = 720;
      format.fmt.pix.pixelformat = wanted;
      format.fmt.pix.field = V4L2_FIELD_NONE;
      if (control(device_.get(), VIDIOC_S_FMT, &format) != 0 || format.fmt.pix.pixelformat != wanted) continue;
      width_ = format.fmt.pix.width;
      height_ = format.fmt.pix.height;
      step_ = wanted == V4L2_PIX_FMT_YUYV ? 2 : 1;
      row_ = std::max<std::size_t>(format.fmt.pix.bytesperline, width_ * step_);
      if (width_ == 0 || height_ == 0 || static_cast<std::int64_t>(width_ * height_) > frame_pixels_max) continue;
      return {};
    }
    return unusable("has none of GREY, NV12 and YUYV");
  }

  bool copy_luma(const Mapped& from, std::size_t used, LumaFrame& into) const {
    const std::size_t needed = row_ * (height_ - 1) + width_ * step_;
    if (std::min(used, from.length) < needed) return false;
    into.width = static_cast<int>(width_);
    into.height = static_cast<int>(height_);
    into.pixels.resize(width_ * height_);
    const auto* bytes = static_cast<const std::uint8_t*>(from.start);
    for (std::size_t y = 0; y < height_; ++y) {
      const std::uint8_t* row = bytes + y * row_;
      std::uint8_t* out = into.pixels.data() + y * width_;
      for (std::size_t x = 0; x < width_; ++x) out[x] = row[x * step_];
    }
    return true;
  }

  Descriptor device_;
  std::vector<Mapped> buffers_;
  std::size_t width_ = 0;
  std::size_t height_ = 0;
  std::size_t step_ = 1;  // bytes from one brightness to the next
  std::size_t row_ = 0;   // bytes from one row to the next
};

}  // namespace

Result<std::unique_ptr<FrameSource>> open_v4l2_camera(const std::string& device) {
  Descriptor opened(::open(device.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!opened) return fail("camera_missing", "cannot open " + device);
  auto camera = std::make_unique<V4l2Camera>(std::move(opened));
  if (auto started = camera->start(); !started) return std::unexpected(started.error());
  return camera;
}

}  // namespace vitrine::kiosk
