// Decoding as functions of JavaScript: reading on from a past, the next token of some texts, and what happens between
// blocks of tokens (kernels.h).
#include <cstdint>
#include <memory>
#include <vector>

#include "call.h"

namespace hyena {
namespace {

// extension(p, shortWeight, shortBias, h, skip, history or null, y, given, future or null, d, lead, length, past, reach,
// shortLength, order)
napi_value extension(Call& call) {
  call.expect_count(16);
  const ExtensionShape s = {call.integer(9, "d", 1, INT32_MAX),
                            call.size(10, "lead"),
                            call.integer(11, "length", 1, INT32_MAX),
                            call.size(12, "past"),
                            call.size(13, "reach"),
                            call.integer(14, "shortLength", 1, INT32_MAX),
                            static_cast<int>(call.integer(15, "order", 2, 1024))};
  if (s.reach < s.past + s.length) call.refuse("the filters end before the last position");
  if (s.lead > s.past) call.refuse("'lead' is more than the past");
  const int64_t channels = product(call, {s.order + 1, s.d}), filters = product(call, {s.order - 1, s.d});
  const int64_t ahead = s.reach - s.past - s.length;
  const RecurrenceInputs in = {call.floats(0, "p", product(call, {channels, s.lead + s.length})),
                               call.floats(1, "shortWeight", product(call, {channels, s.short_length})),
                               call.floats(2, "shortBias", channels),
                               call.floats(3, "h", product(call, {filters, s.reach})), call.floats(4, "skip", filters)};
  const float* history = call.floats_or_null(5, "history", product(call, {filters, s.past}));
  if (s.past > 0 && history == nullptr) call.refuse("'history' is missing");
  const ExtensionOutputs out = {call.floats(6, "y", product(call, {s.d, s.length})),
                                call.floats(7, "given", product(call, {filters, s.length})),
                                call.floats_or_null(8, "future", product(call, {filters, ahead}))};
  if (ahead > 0 && out.future == nullptr) call.refuse("'future' is missing");
  call.run([=](Runtime& runtime) { kernels().extension(runtime, s, in, history, out); });
  return nullptr;
}

constexpr size_t kOuterWeights = 4, kLayerWeights = 16, kStates = 3;

// Everything that a step points to, kept until it has been computed.
struct Step {
  std::vector<DecodeLayer> layers;
  std::vector<DecodeState> states;
  std::vector<DecodeText> texts;
};

// decodeStep(weights, states, ids, places, logits, d, inner, vocabulary, layers, order, shortLength, epsilon)
napi_value decode_step(Call& call) {
  call.expect_count(12);
  const auto weights = call.tensors(0, "weights"), states = call.tensors(1, "states");
  const auto ids = call.sizes(2, "ids"), places = call.sizes(3, "places");
  const DecodeShape s = {call.integer(5, "d", 1, INT32_MAX),
                         call.integer(6, "inner", 1, INT32_MAX),
                         call.integer(7, "vocabulary", 1, INT32_MAX),
                         call.integer(8, "layers", 1, INT32_MAX),
                         call.integer(10, "shortLength", 1, INT32_MAX),
                         static_cast<int>(call.integer(9, "order", 2, 1024)),
                         static_cast<float>(call.number(11, "epsilon"))};
  const auto layers = static_cast<size_t>(s.layers), count = ids.size();
  if (weights.size() != kOuterWeights + layers * kLayerWeights) call.refuse("the weights are not those of the layers");
  if (count == 0 || places.size() != count || states.size() != count * layers * kStates) {
    call.refuse("there must be as many places and states as ids");
  }
  const int64_t width = product(call, {s.order + 1, s.d}), filters = product(call, {s.order - 1, s.d});
  const auto floats = [&](const Tensor* tensor, const char* what, int64_t size) {
    return static_cast<float*>(call.memory(*tensor, what, DataType::kFloat32, size));
  };
  const int64_t table = product(call, {s.vocabulary, s.d}), square = product(call, {s.d, s.d});
  const int64_t mlp = product(call, {s.inner, s.d}), block = product(call, {kDecodeBlock, filters});
  auto step = std::make_shared<Step>();
  for (size_t l = 0; l < layers; ++l) {
    const Tensor* const* w = weights.data() + kOuterWeights + l * kLayerWeights;
    step->layers.push_back({floats(w[0], "norm1.weight", s.d), floats(w[1], "norm1.bias", s.d),
                            floats(w[2], "in_proj.weight", product(call, {width, s.d})),
                            floats(w[3], "in_proj.bias", width),
                            floats(w[4], "short_filter.weight", product(call, {width, s.short_length})),
                            floats(w[5], "short_filter.bias", width), floats(w[6], "skip", filters),
                            floats(w[7], "out_proj.weight", square), floats(w[8], "out_proj.bias", s.d),
                            floats(w[9], "norm2.weight", s.d), floats(w[10], "norm2.bias", s.d),
                            floats(w[11], "fc1.weight", mlp), floats(w[12], "fc1.bias", s.inner),
                            floats(w[13], "fc2.weight", mlp), floats(w[14], "fc2.bias", s.d),
                            floats(w[15], "near", block)});
  }
  const int64_t window = product(call, {std::max<int64_t>(1, s.short_length - 1), width});
  for (size_t i = 0; i < count * layers; ++i) {
    const Tensor* const* state = states.data() + i * kStates;
    step->states.push_back({floats(state[0], "window", window), floats(state[1], "recent", block),
                            floats(state[2], "ready", block)});
  }
  for (size_t t = 0; t < count; ++t) {
    if (ids[t] < 0 || ids[t] >= s.vocabulary) call.refuse("there is no token " + std::to_string(ids[t]));
    if (places[t] < 0 || places[t] >= kDecodeBlock) call.refuse("a place lies outside of its block");
    step->texts.push_back({static_cast<int32_t>(ids[t]), places[t], step->states.data() + t * layers});
  }
  const DecodeModel outer = {floats(weights[0], "embedding", table), floats(weights[1], "norm weight", s.d),
                             floats(weights[2], "norm bias", s.d), floats(weights[3], "head", table), nullptr};
  float* logits = call.floats(4, "logits", product(call, {static_cast<int64_t>(count), s.vocabulary}));
  call.run([=](Runtime& runtime) {
    DecodeModel model = outer;
    model.layers = step->layers.data();
    kernels().decode_step(runtime, s, model, step->texts.data(), static_cast<int64_t>(step->texts.size()), logits);
  });
  return nullptr;
}

// decodeAdvance(recent, ready, given, pending, filters, future or null, channels, room, taps, ahead, generated)
napi_value decode_advance(Call& call) {
  call.expect_count(11);
  DecodeAdvance a{};
  a.channels = call.integer(6, "channels", 1, INT32_MAX);
  a.room = call.size(7, "room");
  a.taps = call.integer(8, "taps", 1, INT32_MAX);
  a.ahead = call.size(9, "ahead");
  a.generated = call.size(10, "generated");
  if (a.room < kDecodeBlock || (a.room & (a.room - 1)) != 0) call.refuse("'room' must be a power of two of whole blocks");
  if (a.generated % kDecodeBlock != 0 || a.generated >= a.room) call.refuse("'generated' must be whole blocks in the room");
  const int64_t block = product(call, {kDecodeBlock, a.channels}), rows = product(call, {a.channels, a.room});
  a.recent = call.floats(0, "recent", block);
  a.ready = call.floats(1, "ready", block);
  a.given = call.floats(2, "given", rows);
  a.pending = call.floats(3, "pending", rows);
  a.filters = call.floats(4, "filters", product(call, {a.channels, a.taps}));
  a.future = call.floats_or_null(5, "future", product(call, {a.channels, a.ahead}));
  if (a.ahead > 0 && a.future == nullptr) call.refuse("'future' is missing");
  call.run([=](Runtime& runtime) { kernels().decode_advance(runtime, a); });
  return nullptr;
}

}  // namespace

std::vector<Function> decoding_functions() {
  return {{"extension", extension}, {"decodeStep", decode_step}, {"decodeAdvance", decode_advance}};
}

}  // namespace hyena
