// The operations of worker/ops as functions of JavaScript. What each takes is in worker/devices/native/calls.ts.
#include <cstdint>

#include "call.h"

namespace hyena {
namespace {

napi_value embedding(Call& call) {
  const int64_t tokens = call.size("tokens"), vocabulary = call.size("vocabulary"), d = call.size("d");
  const int32_t* ids = call.ints("ids", tokens);
  const Weight weight = call.table(call.tensor("weight"), "weight", vocabulary, d, tokens);
  float* y = call.floats("y", product(call, {tokens, d}));
  call.run([=](Runtime& runtime) { kernels().embedding(runtime, tokens, d, vocabulary, ids, weight, y); });
  return nullptr;
}

napi_value embedding_backward(Call& call) {
  const int64_t tokens = call.size("tokens"), vocabulary = call.size("vocabulary"), d = call.size("d");
  const int32_t* ids = call.ints("ids", tokens);
  const float* dy = call.floats("dy", product(call, {tokens, d}));
  float* dweight = call.floats("dWeight", product(call, {vocabulary, d}));
  call.run([=](Runtime& runtime) { kernels().embedding_backward(runtime, tokens, d, vocabulary, ids, dy, dweight); });
  return nullptr;
}

napi_value layer_norm(Call& call) {
  const int64_t rows = call.size("rows"), d = call.size("d"), count = product(call, {rows, d});
  const auto epsilon = static_cast<float>(call.number("epsilon"));
  const float* x = call.floats("x", count);
  const float* residual = call.floats_or_null("residual", count);
  const float* gamma = call.floats("gamma", d);
  const float* beta = call.floats("beta", d);
  float* sum = call.floats_or_null("sum", count);
  if ((sum == nullptr) != (residual == nullptr)) call.refuse("'sum' goes with 'residual'");
  float* y = call.floats("y", count);
  call.run([=](Runtime& runtime) {
    kernels().layer_norm(runtime, rows, d, epsilon, x, residual, gamma, beta, sum, y);
  });
  return nullptr;
}

napi_value layer_norm_backward(Call& call) {
  const int64_t rows = call.size("rows"), d = call.size("d"), count = product(call, {rows, d});
  const auto epsilon = static_cast<float>(call.number("epsilon"));
  const float* dy = call.floats("dy", count);
  const float* sum_gradient = call.floats_or_null("dSum", count);
  const float* sum = call.floats("sum", count);
  const float* gamma = call.floats("gamma", d);
  float* dx = call.floats("dx", count);
  float* dgamma = call.floats("dGamma", d);
  float* dbeta = call.floats("dBeta", d);
  call.run([=](Runtime& runtime) {
    kernels().layer_norm_backward(runtime, rows, d, epsilon, dy, sum_gradient, sum, gamma, dx, dgamma, dbeta);
  });
  return nullptr;
}

LinearShape linear_shape(const Call& call) {
  return {call.size("rows"),
          call.size("inWidth"),
          call.size("outWidth"),
          layout_of(call, "input"),
          layout_of(call, "output"),
          precision_of(call)};
}

napi_value linear(Call& call) {
  const LinearShape s = linear_shape(call);
  const float* x = call.floats("x", product(call, {s.rows, s.in}));
  const Weight weight = call.weight("weight", s.out, s.in);
  const float* bias = call.floats("bias", s.out);
  float* y = call.floats("y", product(call, {s.rows, s.out}));
  call.run([=](Runtime& runtime) { kernels().linear(runtime, s, x, weight, bias, y); });
  return nullptr;
}

napi_value linear_backward(Call& call) {
  const LinearShape s = linear_shape(call);
  const float* dy = call.floats("dy", product(call, {s.rows, s.out}));
  const float* x = call.floats("x", product(call, {s.rows, s.in}));
  const Weight weight = call.weight("weight", s.out, s.in);
  float* dx = call.floats_or_null("dx", product(call, {s.rows, s.in}));
  float* dweight = call.floats_or_null("dWeight", product(call, {s.out, s.in}));
  float* dbias = call.floats_or_null("dBias", s.out);
  call.run([=](Runtime& runtime) { kernels().linear_backward(runtime, s, dy, x, weight, dx, dweight, dbias); });
  return nullptr;
}

napi_value read_memory(Call& call) {
  const Tensor& tensor = call.tensor("x");
  int32_t* sum = call.ints("sum", 1);
  const void* memory = tensor.block->memory;
  const auto bytes = static_cast<int64_t>(tensor.bytes());
  call.run([=](Runtime& runtime) { kernels().read_memory(runtime, bytes, memory, sum); });
  return nullptr;
}

napi_value multiply_registers(Call& call) {
  const int64_t rounds = call.size("rounds");
  const Precision precision = precision_of(call);
  float* sum = call.floats("sum", 1);
  call.run([=](Runtime& runtime) { kernels().multiply_registers(runtime, precision, rounds, sum); });
  return nullptr;
}

napi_value widen(Call& call) {
  const int64_t rows = call.size("rows"), columns = call.size("columns");
  const Weight weight = call.weight("weight", rows, columns);
  float* y = call.floats("y", product(call, {rows, columns}));
  call.run([=](Runtime& runtime) { kernels().widen(runtime, weight, rows, columns, y); });
  return nullptr;
}

napi_value weight_product(Call& call) {
  const int64_t rows = call.size("rows"), in = call.size("inWidth"), out = call.size("outWidth");
  const float* x = call.floats("x", product(call, {rows, in}));
  const Weight weight = call.weight("weight", out, in);
  float* y = call.floats("y", product(call, {rows, out}));
  call.run([=](Runtime& runtime) { kernels().weight_product(runtime, rows, in, out, x, weight, y); });
  return nullptr;
}

MlpShape mlp_shape(const Call& call) {
  return {call.size("rows"), call.size("d"), call.size("inner"), precision_of(call)};
}

// Of fp32 [rows, inner], or of bf16 in as many floats as hold them.
int64_t hidden_floats(const Call& call, const MlpShape& s) {
  const int64_t values = product(call, {s.rows, s.inner});
  return s.precision == Precision::kBf16Mixed ? (values + 1) / 2 : values;
}

napi_value mlp(Call& call) {
  const MlpShape s = mlp_shape(call);
  const int64_t values = product(call, {s.rows, s.d});
  const float* x = call.floats("x", values);
  const Weight w1 = call.weight("w1", s.inner, s.d);
  const float* b1 = call.floats("b1", s.inner);
  const Weight w2 = call.weight("w2", s.d, s.inner);
  const float* b2 = call.floats("b2", s.d);
  float* y = call.floats("y", values);
  float* hidden = call.floats_or_null("hidden", hidden_floats(call, s));
  call.run([=](Runtime& runtime) { kernels().mlp(runtime, s, x, w1, b1, w2, b2, y, hidden); });
  return nullptr;
}

napi_value mlp_backward(Call& call) {
  const MlpShape s = mlp_shape(call);
  const int64_t weights = product(call, {s.inner, s.d}), values = product(call, {s.rows, s.d});
  const float* dy = call.floats("dy", values);
  const float* x = call.floats("x", values);
  const Weight w1 = call.weight("w1", s.inner, s.d);
  const Weight w2 = call.weight("w2", s.d, s.inner);
  const float* hidden = call.floats("hidden", hidden_floats(call, s));
  float* dx = call.floats_or_null("dx", values);
  float* dw1 = call.floats_or_null("dw1", weights);
  float* db1 = call.floats_or_null("db1", s.inner);
  float* dw2 = call.floats_or_null("dw2", weights);
  float* db2 = call.floats_or_null("db2", s.d);
  call.run([=](Runtime& runtime) {
    kernels().mlp_backward(runtime, s, dy, x, w1, w2, hidden, dx, dw1, db1, dw2, db2);
  });
  return nullptr;
}

MlpAdapters mlp_adapters(const Call& call, const MlpShape& s) {
  const int64_t first = call.size("firstRank"), second = call.size("secondRank");
  return {static_cast<float>(call.number("scale")),
          {first, call.floats("a1", product(call, {first, s.d})), call.floats("b1", product(call, {s.inner, first}))},
          {second, call.floats("a2", product(call, {second, s.inner})),
           call.floats("b2", product(call, {s.d, second}))}};
}

napi_value adapted_mlp(Call& call) {
  const MlpShape s = mlp_shape(call);
  const MlpAdapters adapters = mlp_adapters(call, s);
  const int64_t values = product(call, {s.rows, s.d});
  const float* x = call.floats("x", values);
  const Weight w1 = call.weight("w1", s.inner, s.d);
  const float* bias1 = call.floats("bias1", s.inner);
  const Weight w2 = call.weight("w2", s.d, s.inner);
  const float* bias2 = call.floats("bias2", s.d);
  float* y = call.floats("y", values);
  float* hidden = call.floats("hidden", product(call, {s.rows, s.inner}));
  call.run([=](Runtime& runtime) {
    kernels().adapted_mlp(runtime, s, adapters, x, w1, bias1, w2, bias2, y, hidden);
  });
  return nullptr;
}

napi_value adapted_mlp_backward(Call& call) {
  const MlpShape s = mlp_shape(call);
  const MlpAdapters adapters = mlp_adapters(call, s);
  const int64_t values = product(call, {s.rows, s.d});
  const float* dy = call.floats("dy", values);
  const float* x = call.floats("x", values);
  const Weight w1 = call.weight("w1", s.inner, s.d);
  const Weight w2 = call.weight("w2", s.d, s.inner);
  const float* hidden = call.floats("hidden", product(call, {s.rows, s.inner}));
  const int64_t first = adapters.first.rank, second = adapters.second.rank;
  const AdaptedMlpGradients gradients{
      call.floats_or_null("dx", values),
      call.floats_or_null("dBias1", s.inner),
      call.floats_or_null("dBias2", s.d),
      {call.floats_or_null("da1", product(call, {first, s.d})),
       call.floats_or_null("db1", product(call, {s.inner, first}))},
      {call.floats_or_null("da2", product(call, {second, s.inner})),
       call.floats_or_null("db2", product(call, {s.d, second}))}};
  call.run([=](Runtime& runtime) {
    kernels().adapted_mlp_backward(runtime, s, adapters, dy, x, w1, w2, hidden, gradients);
  });
  return nullptr;
}

napi_value cross_entropy(Call& call) {
  const int64_t tokens = call.size("tokens"), d = call.size("d"), vocabulary = call.size("vocabulary");
  const Precision precision = precision_of(call);
  const float* x = call.floats("x", product(call, {tokens, d}));
  const Weight weight = call.weight("weight", vocabulary, d);
  const int32_t* targets = call.ints("targets", tokens);
  const float* mask = call.floats("mask", tokens);
  float* loss = call.floats("loss", 1);
  float* token_loss = call.floats("tokenLoss", tokens);
  float* grad_x = call.floats_or_null("dx", product(call, {tokens, d}));
  float* grad_weight = call.floats_or_null("dWeight", product(call, {vocabulary, d}));
  call.run([=](Runtime& runtime) {
    kernels().cross_entropy(runtime, precision, tokens, d, vocabulary, x, weight, targets, mask, loss, token_loss,
                            grad_x, grad_weight);
  });
  return nullptr;
}

// Nothing is computed where the factor is 1.
napi_value scale_in_place(Call& call) {
  const int64_t count = call.size("count");
  float* x = call.floats("x", count);
  const float* factor = call.floats("factor", 1);
  call.run([=](Runtime& runtime) {
    if (*factor == 1.0f) return;
    Loop loop;
    loop.rank = 1;
    loop.dims[0] = count;
    loop.strides[0][0] = loop.strides[1][0] = 1;
    kernels().tensor.binary(runtime, Binary::kMultiply, loop, x, factor, x);
  });
  return nullptr;
}

// The property's tensors, one for each layer, of as many values each as `counts` says.
std::vector<float*> layers_of(const Call& call, const char* name, const std::vector<int64_t>& counts) {
  const std::vector<const Tensor*> tensors = call.tensors(name);
  if (tensors.size() != counts.size()) {
    call.refuse(std::string("'") + name + "' must have " + std::to_string(counts.size()) + " tensors, has " +
                std::to_string(tensors.size()));
  }
  std::vector<float*> result;
  for (size_t i = 0; i < counts.size(); ++i) result.push_back(call.floats(*tensors[i], name, counts[i]));
  return result;
}

// Of a filter's network; the last weight, which has no bias, is that of the output.
std::vector<float*> filter_weights(const Call& call, const char* name, const FilterShape& s) {
  std::vector<int64_t> counts(static_cast<size_t>(s.inner) + 2, product(call, {s.width, s.width}));
  counts.front() = product(call, {s.width, s.features});
  counts.back() = product(call, {s.channels, s.width});
  return layers_of(call, name, counts);
}
std::vector<float*> filter_biases(const Call& call, const char* name, const FilterShape& s) {
  return layers_of(call, name, std::vector<int64_t>(static_cast<size_t>(s.inner) + 1, s.width));
}

FilterShape filter_shape(const Call& call) {
  return {call.size("length"),
          call.size("features"),
          call.size("width"),
          call.size("channels"),
          static_cast<int>(call.integer("inner", 0, 1024)),
          static_cast<float>(call.number("shift")),
          call.boolean("modulate")};
}

struct Filter {
  FilterShape shape;
  const float *z, *t, *deltas, *freq;
  std::vector<float*> weights, biases;

  FilterWeights tensors() const { return {z, t, deltas, freq, weights.data(), biases.data()}; }
};

Filter filter_of(const Call& call) {
  const FilterShape s = filter_shape(call);
  return {s,
          call.floats("z", product(call, {s.length, s.features})),
          call.floats("t", s.length),
          call.floats("deltas", s.channels),
          call.floats("freq", s.width),
          filter_weights(call, "weights", s),
          filter_biases(call, "biases", s)};
}

napi_value implicit_filter(Call& call) {
  const Filter filter = filter_of(call);
  float* h = call.floats("h", product(call, {filter.shape.channels, filter.shape.length}));
  call.run([=](Runtime& runtime) { kernels().implicit_filter(runtime, filter.shape, filter.tensors(), h); });
  return nullptr;
}

napi_value implicit_filter_backward(Call& call) {
  const Filter filter = filter_of(call);
  const FilterShape& s = filter.shape;
  const float* dh = call.floats("dh", product(call, {s.channels, s.length}));
  float* dz = call.floats("dz", product(call, {s.length, s.features}));
  float* dfreq = call.floats("dFreq", s.width);
  const auto dweights = filter_weights(call, "dWeights", s), dbiases = filter_biases(call, "dBiases", s);
  call.run([=](Runtime& runtime) {
    kernels().implicit_filter_backward(runtime, filter.shape, filter.tensors(), dh,
                                       {dz, dfreq, dweights.data(), dbiases.data()});
  });
  return nullptr;
}

struct Convolution {
  int64_t channels, batch, length, filter_length, signal, filter;
};

Convolution convolution_of(const Call& call) {
  Convolution c{call.size("channels"), call.size("batch"), call.size("length"), call.size("filterLength"), 0, 0};
  c.signal = product(call, {c.channels, c.batch, c.length});
  c.filter = product(call, {c.channels, c.filter_length});
  return c;
}

napi_value long_convolution(Call& call) {
  const Convolution c = convolution_of(call);
  const float* u = call.floats("u", c.signal);
  const float* h = call.floats("h", c.filter);
  const float* skip = call.floats("skip", c.channels);
  float* y = call.floats("y", c.signal);
  call.run([=](Runtime& runtime) {
    kernels().long_convolution(runtime, c.channels, c.batch, c.length, c.filter_length, u, h, skip, y);
  });
  return nullptr;
}

napi_value long_convolution_backward(Call& call) {
  const Convolution c = convolution_of(call);
  const float* dy = call.floats("dy", c.signal);
  const float* u = call.floats("u", c.signal);
  const float* h = call.floats("h", c.filter);
  const float* skip = call.floats("skip", c.channels);
  float* du = call.floats("du", c.signal);
  float* dh = call.floats("dh", c.filter);
  float* dskip = call.floats("dSkip", c.channels);
  call.run([=](Runtime& runtime) {
    kernels().long_convolution_backward(runtime, c.channels, c.batch, c.length, c.filter_length, dy, u, h, skip, du,
                                        dh, dskip);
  });
  return nullptr;
}

struct Recurrence {
  RecurrenceShape shape;
  float *p, *short_weight, *short_bias, *h, *skip;
};

RecurrenceShape recurrence_shape(const Call& call) {
  return {call.integer("d", 1, INT32_MAX),
          call.size("batch"),
          call.size("length"),
          call.size("filterLength"),
          call.integer("shortLength", 1, INT32_MAX),
          static_cast<int>(call.integer("order", 2, 1024))};
}

// p, the short filters' weight and bias, h and skip, or their gradients, by these names.
Recurrence recurrence_of(const Call& call, const RecurrenceShape& s, const char* const (&names)[5]) {
  const int64_t channels = product(call, {s.order + 1, s.d}), filters = product(call, {s.order - 1, s.d});
  return {s,
          call.floats(names[0], product(call, {channels, s.batch, s.length})),
          call.floats(names[1], product(call, {channels, s.short_length})),
          call.floats(names[2], channels),
          call.floats(names[3], product(call, {filters, s.filter_length})),
          call.floats(names[4], filters)};
}

constexpr const char* kRecurrenceInputs[] = {"p", "shortWeight", "shortBias", "h", "skip"};
constexpr const char* kRecurrenceGradients[] = {"dp", "dShortWeight", "dShortBias", "dh", "dSkip"};

napi_value recurrence(Call& call) {
  const Recurrence r = recurrence_of(call, recurrence_shape(call), kRecurrenceInputs);
  float* y = call.floats("y", product(call, {r.shape.d, r.shape.batch, r.shape.length}));
  call.run([=](Runtime& runtime) {
    kernels().recurrence(runtime, r.shape, {r.p, r.short_weight, r.short_bias, r.h, r.skip}, y);
  });
  return nullptr;
}

napi_value recurrence_backward(Call& call) {
  const RecurrenceShape s = recurrence_shape(call);
  const float* dy = call.floats("dy", product(call, {s.d, s.batch, s.length}));
  const Recurrence r = recurrence_of(call, s, kRecurrenceInputs), g = recurrence_of(call, s, kRecurrenceGradients);
  call.run([=](Runtime& runtime) {
    kernels().recurrence_backward(runtime, s, {r.p, r.short_weight, r.short_bias, r.h, r.skip}, dy,
                                  {g.p, g.short_weight, g.short_bias, g.h, g.skip});
  });
  return nullptr;
}

AttentionShape attention_shape(const Call& call) {
  const AttentionShape s{call.size("batch"),
                         call.size("queries"),
                         call.size("keys"),
                         call.integer("heads", 1, INT32_MAX),
                         call.integer("kvHeads", 1, INT32_MAX),
                         call.integer("headDim", 1, INT32_MAX),
                         call.is_null("window") ? 0 : call.integer("window", 1, int64_t{1} << 40),
                         precision_of(call)};
  if (s.heads % s.kv_heads != 0) call.refuse("'heads' must be a multiple of 'kvHeads'");
  if (s.queries > s.keys) call.refuse("there must be a key for every query");
  return s;
}

napi_value attention(Call& call) {
  const AttentionShape s = attention_shape(call);
  const int64_t queries = product(call, {s.batch, s.queries, s.heads, s.head_dim});
  const int64_t keys = product(call, {s.batch, s.keys, s.kv_heads, s.head_dim});
  const float* q = call.floats("q", queries);
  const float* k = call.floats("k", keys);
  const float* v = call.floats("v", keys);
  float* y = call.floats("y", queries);
  float* sums = call.floats_or_null("sums", product(call, {s.batch, s.heads, s.queries}));
  call.run([=](Runtime& runtime) { kernels().attention(runtime, s, q, k, v, y, sums); });
  return nullptr;
}

napi_value attention_backward(Call& call) {
  const AttentionShape s = attention_shape(call);
  const int64_t queries = product(call, {s.batch, s.queries, s.heads, s.head_dim});
  const int64_t keys = product(call, {s.batch, s.keys, s.kv_heads, s.head_dim});
  const float* dy = call.floats("dy", queries);
  const float* q = call.floats("q", queries);
  const float* k = call.floats("k", keys);
  const float* v = call.floats("v", keys);
  const float* y = call.floats("y", queries);
  const float* sums = call.floats("sums", product(call, {s.batch, s.heads, s.queries}));
  const AttentionGradients gradients{call.floats("dq", queries), call.floats("dk", keys),
                                     call.floats("dv", keys)};
  call.run([=](Runtime& runtime) { kernels().attention_backward(runtime, s, dy, q, k, v, y, sums, gradients); });
  return nullptr;
}

napi_value rotary(Call& call) {
  const RotaryShape s{call.size("batch"),           call.size("length"), call.size("heads"),
                      call.size("headDim"),         call.size("offset"), call.number("base"),
                      call.number("interpolation"), call.boolean("back")};
  if (s.head_dim % 2 != 0) call.refuse("'headDim' must be even");
  const int64_t count = product(call, {s.batch, s.length, s.heads, s.head_dim});
  const float* x = call.floats("x", count);
  float* y = call.floats("y", count);
  call.run([=](Runtime& runtime) { kernels().rotary(runtime, s, x, y); });
  return nullptr;
}

ActivationKind kind_of(const Call& call) { return static_cast<ActivationKind>(call.integer("kind", 0, 2)); }

napi_value activation(Call& call) {
  const int64_t count = call.size("count");
  const ActivationKind kind = kind_of(call);
  const float *h = call.floats("h", count), *factor = call.floats_or_null("factor", count);
  float* y = call.floats("y", count);
  call.run([=](Runtime& runtime) { kernels().activation(runtime, kind, count, h, factor, y); });
  return nullptr;
}

napi_value activation_backward(Call& call) {
  const int64_t count = call.size("count");
  const ActivationKind kind = kind_of(call);
  const float *dy = call.floats("dy", count), *h = call.floats("h", count),
              *factor = call.floats_or_null("factor", count);
  float *dh = call.floats("dh", count), *dfactor = call.floats_or_null("dFactor", count);
  call.run([=](Runtime& runtime) {
    kernels().activation_backward(runtime, kind, count, dy, h, factor, dh, dfactor);
  });
  return nullptr;
}

napi_value dropout(Call& call) {
  const int64_t count = call.size("count");
  if (count > int64_t{UINT32_MAX}) call.refuse("the tensor has more elements than the hash has counters");
  const float* x = call.floats("x", count);
  float* y = call.floats("y", count);
  const DropoutSettings settings = {static_cast<uint32_t>(call.integer("firstKey", 0, UINT32_MAX)),
                                    static_cast<uint32_t>(call.integer("secondKey", 0, UINT32_MAX)),
                                    static_cast<uint32_t>(call.integer("threshold", 0, 1 << 24)),
                                    static_cast<float>(call.number("scale"))};
  call.run([=](Runtime& runtime) { kernels().dropout(runtime, settings, count, x, y); });
  return nullptr;
}

napi_value adamw(Call& call) {
  const auto values = call.tensors("values"), gradients = call.tensors("gradients"),
             firsts = call.tensors("firsts"), seconds = call.tensors("seconds"), others = call.tensors("others");
  float* norm = call.floats("norm", 1);
  const auto rates = call.numbers("learningRates"), decays = call.numbers("weightDecays");
  const size_t count = values.size();
  for (const size_t size : {gradients.size(), firsts.size(), seconds.size(), rates.size(), decays.size()}) {
    if (size != count) call.refuse("there must be as many gradients, moments and rates as parameters");
  }
  std::vector<AdamWParameter> parameters(count);
  for (size_t i = 0; i < count; ++i) {
    const int64_t n = values[i]->count;
    parameters[i] = {call.floats(*values[i], "values", n), call.floats(*gradients[i], "gradients", n),
                     call.floats(*firsts[i], "firsts", n), call.floats(*seconds[i], "seconds", n),
                     n, rates[i], decays[i]};
  }
  for (const Tensor* other : others) {
    parameters.push_back({nullptr, call.floats(*other, "others", other->count), nullptr, nullptr, other->count, 0, 0});
  }
  const AdamWSettings settings = {call.number("beta1"), call.number("beta2"), call.number("epsilon"),
                                  call.integer("step", 1, int64_t{1} << 50),
                                  call.is_null("clip") ? 0 : call.number("clip")};
  call.run([=](Runtime& runtime) {
    *norm = kernels().adamw(runtime, settings, parameters.data(), static_cast<int64_t>(parameters.size()));
  });
  return nullptr;
}

}  // namespace

std::vector<Function> operation_functions() {
  return {
      {"embedding", embedding, {"ids", "weight", "y", "tokens", "vocabulary", "d"}},
      {"embeddingBackward", embedding_backward, {"ids", "dy", "dWeight", "tokens", "vocabulary", "d"}},
      {"layerNorm", layer_norm, {"x", "residual", "gamma", "beta", "sum", "y", "rows", "d", "epsilon"}},
      {"layerNormBackward",
       layer_norm_backward,
       {"dy", "dSum", "sum", "gamma", "dx", "dGamma", "dBeta", "rows", "d", "epsilon"}},
      {"readMemory", read_memory, {"x", "sum"}},
      {"multiplyRegisters", multiply_registers, {"sum", "rounds", "precision"}},
      {"widen", widen, {"weight", "rows", "columns", "y"}},
      {"weightProduct", weight_product, {"x", "weight", "y", "rows", "inWidth", "outWidth"}},
      {"linear", linear, {"x", "weight", "bias", "y", "rows", "inWidth", "outWidth", "input", "output", "precision"}},
      {"linearBackward",
       linear_backward,
       {"dy", "x", "weight", "dx", "dWeight", "dBias", "rows", "inWidth", "outWidth", "input", "output", "precision"}},
      {"mlp", mlp, {"x", "w1", "b1", "w2", "b2", "y", "hidden", "rows", "d", "inner", "precision"}},
      {"mlpBackward",
       mlp_backward,
       {"dy", "x", "w1", "w2", "hidden", "dx", "dw1", "db1", "dw2", "db2", "rows", "d", "inner", "precision"}},
      {"adaptedMlp",
       adapted_mlp,
       {"x", "w1", "bias1", "w2", "bias2", "a1", "b1", "a2", "b2", "y", "hidden", "rows", "d", "inner", "firstRank",
        "secondRank", "scale", "precision"}},
      {"adaptedMlpBackward",
       adapted_mlp_backward,
       {"dy", "x", "w1", "w2", "a1", "b1", "a2", "b2", "hidden", "dx", "dBias1", "dBias2", "da1", "db1", "da2", "db2",
        "rows", "d", "inner", "firstRank", "secondRank", "scale", "precision"}},
      {"crossEntropy",
       cross_entropy,
       {"tokens", "d", "vocabulary", "precision", "x", "weight", "targets", "mask", "loss", "tokenLoss", "dx",
        "dWeight"}},
      {"scaleInPlace", scale_in_place, {"count", "x", "factor"}},
      {"implicitFilter",
       implicit_filter,
       {"h", "length", "features", "width", "channels", "inner", "shift", "modulate", "z", "t", "deltas", "freq",
        "weights", "biases"}},
      {"implicitFilterBackward",
       implicit_filter_backward,
       {"dh", "dz", "dFreq", "dWeights", "dBiases", "length", "features", "width", "channels", "inner", "shift",
        "modulate", "z", "t", "deltas", "freq", "weights", "biases"}},
      {"longConvolution", long_convolution, {"y", "channels", "batch", "length", "filterLength", "u", "h", "skip"}},
      {"longConvolutionBackward",
       long_convolution_backward,
       {"dy", "du", "dh", "dSkip", "channels", "batch", "length", "filterLength", "u", "h", "skip"}},
      {"recurrence",
       recurrence,
       {"y", "d", "batch", "length", "filterLength", "shortLength", "order", "p", "shortWeight", "shortBias", "h",
        "skip"}},
      {"recurrenceBackward",
       recurrence_backward,
       {"dy", "dp", "dShortWeight", "dShortBias", "dh", "dSkip", "d", "batch", "length", "filterLength", "shortLength",
        "order", "p", "shortWeight", "shortBias", "h", "skip"}},
      {"attention",
       attention,
       {"sums", "batch", "queries", "keys", "heads", "kvHeads", "headDim", "window", "precision", "q", "k", "v", "y"}},
      {"attentionBackward",
       attention_backward,
       {"sums", "dy", "dq", "dk", "dv", "batch", "queries", "keys", "heads", "kvHeads", "headDim", "window",
        "precision", "q", "k", "v", "y"}},
      {"rotary", rotary, {"batch", "length", "heads", "headDim", "offset", "base", "interpolation", "back", "x", "y"}},
      {"activation", activation, {"kind", "count", "h", "factor", "y"}},
      {"activationBackward",
       activation_backward,
       {"kind", "count", "dy", "h", "factor", "dh", "dFactor"}},
      {"dropout", dropout, {"count", "firstKey", "secondKey", "threshold", "scale", "x", "y"}},
      {"adamw",
       adamw,
       {"values", "gradients", "firsts", "seconds", "others", "learningRates", "weightDecays", "beta1", "beta2",
        "epsilon", "step", "clip", "norm"}},
  };
}

}  // namespace hyena
