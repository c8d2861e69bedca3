// Decoding as functions of JavaScript: reading on from a past, the next token of some texts, and what happens between
// blocks of tokens (kernels.h).
#include <cstdint>
#include <memory>
#include <vector>

#include "call.h"
#include "mixer-step.h"

namespace hyena {
namespace {

napi_value prefill(Call& call) {
  const PrefillShape s = {call.integer("d", 1, INT32_MAX),
                          call.size("lead"),
                          call.integer("length", 1, INT32_MAX),
                          call.size("past"),
                          call.size("reach"),
                          call.integer("shortLength", 1, INT32_MAX),
                          static_cast<int>(call.integer("order", 2, 1024))};
  if (s.reach < s.past + s.length) call.refuse("the filters end before the last position");
  if (s.lead > s.past) call.refuse("'lead' is more than the past");
  const int64_t channels = product(call, {s.order + 1, s.d}), filters = product(call, {s.order - 1, s.d});
  const int64_t ahead = s.reach - s.past - s.length;
  const RecurrenceInputs in = {call.floats("p", product(call, {channels, s.lead + s.length})),
                               call.floats("shortWeight", product(call, {channels, s.short_length})),
                               call.floats("shortBias", channels),
                               call.floats("h", product(call, {filters, s.reach})), call.floats("skip", filters)};
  const float* conv_inputs = call.floats_or_null("convInputs", product(call, {filters, s.past}));
  if (s.past > 0 && conv_inputs == nullptr) call.refuse("'convInputs' must not be null where there is a past");
  const PrefillOutputs out = {call.floats("y", product(call, {s.d, s.length})),
                              call.floats("inputs", product(call, {filters, s.length})),
                              call.floats_or_null("lookahead", product(call, {filters, ahead}))};
  if (ahead > 0 && out.lookahead == nullptr) call.refuse("'lookahead' must not be null where positions lie ahead");
  call.run([=](Runtime& runtime) { kernels().prefill(runtime, s, in, conv_inputs, out); });
  return nullptr;
}

constexpr size_t kOuterWeights = 4, kLayerWeights = 16, kStates = 3;

// Everything that a step points to, kept until it has been computed.
struct Step {
  std::vector<DecodeLayer> layers;
  std::vector<DecodeState> states;
  std::vector<DecodeText> texts;
};

napi_value decode_step(Call& call) {
  const auto weights = call.tensors("weights"), states = call.tensors("states");
  const auto ids = call.sizes("ids"), places = call.sizes("places");
  const DecodeShape s = {call.integer("d", 1, INT32_MAX),
                         call.integer("inner", 1, INT32_MAX),
                         call.integer("vocabulary", 1, INT32_MAX),
                         call.integer("layers", 1, INT32_MAX),
                         call.integer("shortLength", 1, INT32_MAX),
                         static_cast<int>(call.integer("order", 2, 1024)),
                         static_cast<float>(call.number("epsilon"))};
  const auto layers = static_cast<size_t>(s.layers), count = ids.size();
  if (weights.size() != kOuterWeights + layers * kLayerWeights) call.refuse("the weights are not those of the layers");
  if (count == 0 || places.size() != count || states.size() != count * layers * kStates) {
    call.refuse("there must be as many places and states as ids");
  }
  const int64_t width = product(call, {s.order + 1, s.d}), filters = product(call, {s.order - 1, s.d});
  const auto floats = [&](const Tensor* tensor, const char* name, int64_t size) {
    return call.floats(*tensor, name, size);
  };
  const auto matrix = [&](const Tensor* tensor, const char* name, int64_t rows, int64_t columns) {
    return call.weight(*tensor, name, rows, columns);
  };
  const int64_t block = product(call, {kDecodeBlock, filters});
  auto step = std::make_shared<Step>();
  for (size_t l = 0; l < layers; ++l) {
    const Tensor* const* w = weights.data() + kOuterWeights + l * kLayerWeights;
    step->layers.push_back({floats(w[0], "norm1.weight", s.d), floats(w[1], "norm1.bias", s.d),
                            matrix(w[2], "in_proj.weight", width, s.d),
                            floats(w[3], "in_proj.bias", width),
                            floats(w[4], "short_filter.weight", product(call, {width, s.short_length})),
                            floats(w[5], "short_filter.bias", width), floats(w[6], "skip", filters),
                            matrix(w[7], "out_proj.weight", s.d, s.d), floats(w[8], "out_proj.bias", s.d),
                            floats(w[9], "norm2.weight", s.d), floats(w[10], "norm2.bias", s.d),
                            matrix(w[11], "fc1.weight", s.inner, s.d), floats(w[12], "fc1.bias", s.inner),
                            matrix(w[13], "fc2.weight", s.d, s.inner), floats(w[14], "fc2.bias", s.d),
                            floats(w[15], "nearTaps", block)});
  }
  const int64_t window = product(call, {std::max<int64_t>(1, s.short_length - 1), width});
  for (size_t i = 0; i < count * layers; ++i) {
    const Tensor* const* state = states.data() + i * kStates;
    step->states.push_back({floats(state[0], "window", window), floats(state[1], "blockInputs", block),
                            floats(state[2], "blockBase", block)});
  }
  for (size_t t = 0; t < count; ++t) {
    if (ids[t] < 0 || ids[t] >= s.vocabulary) call.refuse("there is no token " + std::to_string(ids[t]));
    if (places[t] < 0 || places[t] >= kDecodeBlock) call.refuse("a place lies outside of its block");
    step->texts.push_back({static_cast<int32_t>(ids[t]), places[t], step->states.data() + t * layers});
  }
  const DecodeModel outer = {call.table(*weights[0], "embedding", s.vocabulary, s.d, static_cast<int64_t>(count)),
                             floats(weights[1], "norm weight", s.d), floats(weights[2], "norm bias", s.d),
                             matrix(weights[3], "head", s.vocabulary, s.d), nullptr};
  float* logits = call.floats("logits", product(call, {static_cast<int64_t>(count), s.vocabulary}));
  call.run([=](Runtime& runtime) {
    DecodeModel model = outer;
    model.layers = step->layers.data();
    kernels().decode_step(runtime, s, model, step->texts.data(), static_cast<int64_t>(step->texts.size()), logits);
  });
  return nullptr;
}

napi_value decode_advance(Call& call) {
  DecodeAdvance a{};
  a.channels = call.integer("channels", 1, INT32_MAX);
  a.room = call.size("room");
  a.taps = call.integer("taps", 1, INT32_MAX);
  a.ahead = call.size("ahead");
  a.generated = call.size("generated");
  if (a.room < kDecodeBlock || (a.room & (a.room - 1)) != 0) call.refuse("'room' must be a power of two of whole blocks");
  if (a.generated % kDecodeBlock != 0 || a.generated >= a.room) call.refuse("'generated' must be whole blocks in the room");
  const int64_t block = product(call, {kDecodeBlock, a.channels}), rows = product(call, {a.channels, a.room});
  a.block_inputs = call.floats("blockInputs", block);
  a.block_base = call.floats("blockBase", block);
  a.inputs = call.floats("inputs", rows);
  a.tile_sums = call.floats("tileSums", rows);
  a.filters = call.floats("filters", product(call, {a.channels, a.taps}));
  a.lookahead = call.floats_or_null("lookahead", product(call, {a.channels, a.ahead}));
  if (a.ahead > 0 && a.lookahead == nullptr) call.refuse("'lookahead' must not be null where positions lie ahead");
  call.run([=](Runtime& runtime) { kernels().decode_advance(runtime, a); });
  return nullptr;
}

constexpr size_t kAttentionTensors = 4, kAttentionPlaces = 6;

napi_value attention_step(Call& call) {
  AttentionStepShape s{};
  s.heads = call.integer("heads", 1, INT32_MAX);
  s.kv_heads = call.integer("kvHeads", 1, INT32_MAX);
  s.head_dim = call.integer("headDim", 1, INT32_MAX);
  if (s.heads % s.kv_heads != 0) call.refuse("'heads' must be a multiple of 'kvHeads'");
  s.q_norm = call.floats_or_null("qNorm", s.head_dim);
  s.k_norm = call.floats_or_null("kNorm", s.head_dim);
  if ((s.q_norm == nullptr) != (s.k_norm == nullptr)) call.refuse("'qNorm' and 'kNorm' must both be null, or neither");
  s.epsilon = static_cast<float>(call.number("epsilon"));
  s.base = call.is_null("base") ? 0 : call.number("base");
  s.interpolation = call.number("interpolation");
  if (s.base > 0 && s.head_dim % 2 != 0) call.refuse("'headDim' must be even where heads are rotated");
  const auto buffers = call.tensors("buffers");
  const auto places = call.sizes("places");
  const size_t count = places.size() / kAttentionPlaces;
  if (count == 0 || places.size() != count * kAttentionPlaces || buffers.size() != count * kAttentionTensors) {
    call.refuse("'places' and 'buffers' must be those of the same texts");
  }
  const int64_t row = product(call, {s.kv_heads, s.head_dim});
  auto texts = std::make_shared<std::vector<AttentionText>>();
  for (size_t i = 0; i < count; ++i) {
    const Tensor* const* b = buffers.data() + i * kAttentionTensors;
    const int64_t* p = places.data() + i * kAttentionPlaces;
    const int64_t position = p[0], prefix_first = p[1], prefix = p[2], first = p[3], filled = p[4], room = p[5];
    if (position < 0 || prefix_first < 0 || prefix_first > prefix) call.refuse("a place of the prefix is impossible");
    if (first < 0 || first > filled || filled >= room) call.refuse("there is no room for another row");
    texts->push_back({position, call.floats(*b[0], "prefix keys", product(call, {prefix, row})),
                      call.floats(*b[1], "prefix values", product(call, {prefix, row})), prefix_first, prefix,
                      call.floats(*b[2], "keys", product(call, {room, row})),
                      call.floats(*b[3], "values", product(call, {room, row})), first, filled});
  }
  const auto all = static_cast<int64_t>(count);
  float* qkv = call.floats("qkv", product(call, {all, s.heads + 2 * s.kv_heads, s.head_dim}));
  float* y = call.floats("y", product(call, {all, s.heads, s.head_dim}));
  call.run([=](Runtime& runtime) { kernels().attention_step(runtime, s, qkv, texts->data(), all, y); });
  return nullptr;
}

StepModes step_modes(const Call& call, int64_t channels) {
  const int64_t groups = call.integer("groups", 1, INT32_MAX), modes = call.integer("modes", 1, INT32_MAX);
  if (channels % groups != 0) call.refuse("'groups' must divide the channels");
  return {groups, modes, call.floats("poles", product(call, {groups, modes, 4})),
          call.floats("residues", product(call, {groups, modes, 2})), call.floats("modesSkip", groups)};
}

// Of each text as many states as there are sizes, each of so many values.
std::shared_ptr<std::vector<float*>> step_states(const Call& call, int64_t texts, const std::vector<int64_t>& sizes) {
  const auto given = call.tensors("states");
  if (given.size() != static_cast<size_t>(texts) * sizes.size()) call.refuse("'states' must be those of each text");
  auto states = std::make_shared<std::vector<float*>>();
  for (size_t i = 0; i < given.size(); ++i) {
    states->push_back(call.floats(*given[i], "states", sizes[i % sizes.size()]));
  }
  return states;
}

// The states of mixers that keep two of each text.
template <class State>
std::vector<State> state_pairs(const std::vector<float*>& states) {
  std::vector<State> of_texts;
  for (size_t i = 0; i < states.size(); i += 2) of_texts.push_back({states[i], states[i + 1]});
  return of_texts;
}

// The bias may be null.
StepProjection step_projection(const Call& call, const char* name, const char* bias, int64_t out, int64_t in) {
  return {call.weight(name, out, in), call.floats_or_null(bias, out)};
}

napi_value gated_step(Call& call) {
  GatedStep s{};
  s.texts = call.integer("texts", 1, INT32_MAX);
  s.d = call.integer("d", 1, INT32_MAX);
  s.gate = static_cast<int>(call.integer("gate", 0, 2));
  s.in = step_projection(call, "inWeight", "inBias", product(call, {3, s.d}), s.d);
  s.out = step_projection(call, "outWeight", "outBias", s.d, s.d);
  const int64_t short_taps = call.integer("shortTaps", 1, INT32_MAX), width = 3 * s.d;
  s.short_filter = {width, short_taps, true, call.floats_or_null("shortWeight", product(call, {width, short_taps})),
                    call.floats_or_null("shortBias", width), nullptr};
  if (s.short_filter.weight == nullptr && short_taps > 1) call.refuse("'shortWeight' must not be null");
  const int64_t taps = call.integer("taps", 1, INT32_MAX), groups = call.integer("groups", 1, INT32_MAX);
  if (s.d % groups != 0) call.refuse("'groups' must divide 'd'");
  s.filter = {groups, taps, call.boolean("presentLast"), call.floats_or_null("filter", product(call, {groups, taps})),
              call.floats_or_null("filterBias", s.d), call.floats_or_null("filterSkip", s.d)};
  const int64_t modes = call.integer("modes", 0, INT32_MAX);
  s.modes = {groups, modes, call.floats_or_null("poles", product(call, {groups, modes, 4})),
             call.floats_or_null("residues", product(call, {groups, modes, 2})),
             call.floats_or_null("modesSkip", groups)};
  const bool modal = modes > 0;
  for (const float* tensor : {s.modes.poles, s.modes.residues, s.modes.skip}) {
    if ((tensor != nullptr) != modal) call.refuse("'poles', 'residues' and 'modesSkip' must be null, or 'modes' not 0");
  }
  if ((s.filter.weight == nullptr) != modal) call.refuse("'filter' must be null, or 'modes' 0");
  // Of projections nothing is kept where the short convolution has one tap.
  std::vector<int64_t> sizes;
  if (short_taps > 1) sizes.push_back(product(call, {width, short_taps - 1}));
  sizes.push_back(modal ? product(call, {s.d, modes, 4}) : product(call, {s.d, taps - 1}));
  const auto states = step_states(call, s.texts, sizes);
  const size_t each = sizes.size();
  const float* x = call.floats("x", product(call, {s.texts, s.d}));
  float* y = call.floats("y", product(call, {s.texts, s.d}));
  call.run([=](Runtime& runtime) {
    std::vector<GatedStepState> of_texts;
    for (size_t i = 0; i < states->size(); i += each) {
      of_texts.push_back({each == 2 ? (*states)[i] : nullptr, (*states)[i + each - 1]});
    }
    gated_step(kernels(), runtime, s, of_texts.data(), x, y);
  });
  return nullptr;
}

napi_value h3_step(Call& call) {
  H3Step s{};
  s.texts = call.integer("texts", 1, INT32_MAX);
  s.d = call.integer("d", 1, INT32_MAX);
  s.size = call.integer("size", 1, INT32_MAX);
  if (s.d % s.size != 0) call.refuse("'size' must divide 'd'");
  s.q = step_projection(call, "qWeight", "qBias", s.d, s.d);
  s.k = step_projection(call, "kWeight", "kBias", s.d, s.d);
  s.v = step_projection(call, "vWeight", "vBias", s.d, s.d);
  s.out = step_projection(call, "outWeight", "outBias", s.d, s.d);
  const int64_t taps = call.integer("taps", 1, INT32_MAX);
  s.shift = {s.d, taps, true, call.floats("shift", product(call, {s.d, taps})), nullptr, call.floats("shiftSkip", s.d)};
  s.modes = step_modes(call, s.d);
  if (s.modes.groups * s.size != s.d) call.refuse("'groups' must be the heads of 'size' channels");
  const auto states = step_states(
      call, s.texts, {product(call, {s.d, taps - 1}), product(call, {s.d, s.size, s.modes.modes, 4})});
  const float* x = call.floats("x", product(call, {s.texts, s.d}));
  float* y = call.floats("y", product(call, {s.texts, s.d}));
  call.run([=](Runtime& runtime) {
    const auto of_texts = state_pairs<H3StepState>(*states);
    h3_step(kernels(), runtime, s, of_texts.data(), x, y);
  });
  return nullptr;
}

napi_value s4d_step(Call& call) {
  S4dStep s{};
  s.texts = call.integer("texts", 1, INT32_MAX);
  s.d = call.integer("d", 1, INT32_MAX);
  s.modes = step_modes(call, s.d);
  s.out = step_projection(call, "outWeight", "outBias", product(call, {2, s.d}), s.d);
  const auto states = step_states(call, s.texts, {product(call, {s.d, s.modes.modes, 4})});
  const float* x = call.floats("x", product(call, {s.texts, s.d}));
  float* y = call.floats("y", product(call, {s.texts, s.d}));
  call.run([=](Runtime& runtime) { s4d_step(kernels(), runtime, s, states->data(), x, y); });
  return nullptr;
}

napi_value rwkv_step(Call& call) {
  RwkvStep s{};
  s.texts = call.integer("texts", 1, INT32_MAX);
  s.d = call.integer("d", 1, INT32_MAX);
  s.k = step_projection(call, "keyWeight", "keyBias", s.d, s.d);
  s.v = step_projection(call, "valueWeight", "valueBias", s.d, s.d);
  s.r = step_projection(call, "receptanceWeight", "receptanceBias", s.d, s.d);
  s.out = step_projection(call, "outWeight", "outBias", s.d, s.d);
  s.mix_k = call.floats("mixKey", s.d);
  s.mix_v = call.floats("mixValue", s.d);
  s.mix_r = call.floats("mixReceptance", s.d);
  s.decay = call.floats("decay", s.d);
  s.bonus = call.floats("bonus", s.d);
  const auto states = step_states(call, s.texts, {s.d, product(call, {3, s.d})});
  const float* x = call.floats("x", product(call, {s.texts, s.d}));
  float* y = call.floats("y", product(call, {s.texts, s.d}));
  call.run([=](Runtime& runtime) {
    const auto of_texts = state_pairs<RwkvStepState>(*states);
    rwkv_step(kernels(), runtime, s, of_texts.data(), x, y);
  });
  return nullptr;
}

napi_value mamba2_step(Call& call) {
  Mamba2Step s{};
  s.texts = call.integer("texts", 1, INT32_MAX);
  s.d = call.integer("d", 1, INT32_MAX);
  s.inner = call.integer("inner", 1, INT32_MAX);
  s.heads = call.integer("heads", 1, INT32_MAX);
  s.states = call.integer("stateSize", 1, INT32_MAX);
  if (s.inner % s.heads != 0) call.refuse("'heads' must divide 'inner'");
  s.epsilon = static_cast<float>(call.number("epsilon"));
  const int64_t convolved = s.inner + 2 * s.states, taps = call.integer("taps", 1, INT32_MAX);
  s.in = step_projection(call, "inWeight", "inBias", s.inner + convolved + s.heads, s.d);
  s.out = step_projection(call, "outWeight", "outBias", s.d, s.inner);
  s.convolution = {convolved, taps, true, call.floats("filter", product(call, {convolved, taps})),
                   call.floats("filterBias", convolved), nullptr};
  s.dt_bias = call.floats("dtBias", s.heads);
  s.a_log = call.floats("aLog", s.heads);
  s.skip = call.floats("skip", s.heads);
  s.norm = call.floats("norm", s.inner);
  const auto states =
      step_states(call, s.texts, {product(call, {convolved, taps - 1}), product(call, {s.inner, s.states})});
  const float* x = call.floats("x", product(call, {s.texts, s.d}));
  float* y = call.floats("y", product(call, {s.texts, s.d}));
  call.run([=](Runtime& runtime) {
    const auto of_texts = state_pairs<Mamba2StepState>(*states);
    mamba2_step(kernels(), runtime, s, of_texts.data(), x, y);
  });
  return nullptr;
}

}  // namespace

std::vector<Function> decoding_functions() {
  return {
      {"prefill",
       prefill,
       {"d", "lead", "length", "past", "reach", "shortLength", "order", "p", "shortWeight", "shortBias", "h", "skip",
        "convInputs", "y", "inputs", "lookahead"}},
      {"decodeStep",
       decode_step,
       {"d", "inner", "vocabulary", "layers", "order", "shortLength", "epsilon", "weights", "states", "ids", "places",
        "logits"}},
      {"decodeAdvance",
       decode_advance,
       {"channels", "room", "taps", "ahead", "generated", "blockInputs", "blockBase", "inputs", "tileSums", "filters",
        "lookahead"}},
      {"attentionStep",
       attention_step,
       {"heads", "kvHeads", "headDim", "qNorm", "kNorm", "epsilon", "base", "interpolation", "buffers", "places", "qkv",
        "y"}},
      {"gatedStep",
       gated_step,
       {"texts", "d", "gate", "inWeight", "inBias", "outWeight", "outBias", "shortTaps", "shortWeight", "shortBias",
        "taps", "groups", "presentLast", "filter", "filterBias", "filterSkip", "modes", "poles", "residues",
        "modesSkip", "states", "x", "y"}},
      {"h3Step",
       h3_step,
       {"texts", "d", "size", "qWeight", "qBias", "kWeight", "kBias", "vWeight", "vBias", "outWeight", "outBias", "taps",
        "shift", "shiftSkip", "groups", "modes", "poles", "residues", "modesSkip", "states", "x", "y"}},
      {"s4dStep",
       s4d_step,
       {"texts", "d", "groups", "modes", "poles", "residues", "modesSkip", "outWeight", "outBias", "states", "x", "y"}},
      {"rwkvStep",
       rwkv_step,
       {"texts", "d", "keyWeight", "keyBias", "valueWeight", "valueBias", "receptanceWeight", "receptanceBias",
        "outWeight", "outBias", "mixKey", "mixValue", "mixReceptance", "decay", "bonus", "states", "x", "y"}},
      {"mamba2Step",
       mamba2_step,
       {"texts", "d", "inner", "heads", "stateSize", "epsilon", "taps", "inWeight", "inBias", "outWeight", "outBias",
        "filter", "filterBias", "dtBias", "aLog", "skip", "norm", "states", "x", "y"}},
  };
}

}  // namespace hyena
