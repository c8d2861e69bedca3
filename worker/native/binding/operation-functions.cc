// The operations of worker/ops as functions of JavaScript: handles of inputs and outputs in the order of the kernels in
// kernels.h, then sizes and settings.
#include <cstdint>

#include "call.h"

namespace hyena {
namespace {

Precision precision_of(const Call& call, size_t index) {
  const std::string name = call.text(index, "precision");
  if (name == "fp32") return Precision::kFp32;
  if (name == "bf16-mixed") return Precision::kBf16Mixed;
  call.refuse("there is no precision '" + name + "'");
}

Layout layout_of(const Call& call, size_t index, const char* what) {
  const std::string name = call.text(index, what);
  if (name == "tokens") return Layout::kTokens;
  if (name == "channels") return Layout::kChannels;
  call.refuse("there is no layout '" + name + "'");
}

// embedding(ids, weight, y, vocabulary, d)
napi_value embedding(Call& call) {
  call.expect_count(5);
  const int64_t tokens = call.tensor(0, "ids").count, vocabulary = call.size(3, "vocabulary"), d = call.size(4, "d");
  const int32_t* ids = call.ints(0, "ids", tokens);
  const float* weight = call.floats(1, "weight", product(call, {vocabulary, d}));
  float* y = call.floats(2, "y", product(call, {tokens, d}));
  call.run([=](Runtime& runtime) { kernels().embedding(runtime, tokens, d, vocabulary, ids, weight, y); });
  return nullptr;
}

// embeddingBackward(ids, dy, dweight, vocabulary, d)
napi_value embedding_backward(Call& call) {
  call.expect_count(5);
  const int64_t tokens = call.tensor(0, "ids").count, vocabulary = call.size(3, "vocabulary"), d = call.size(4, "d");
  const int32_t* ids = call.ints(0, "ids", tokens);
  const float* dy = call.floats(1, "dy", product(call, {tokens, d}));
  float* dweight = call.floats(2, "dweight", product(call, {vocabulary, d}));
  call.run([=](Runtime& runtime) { kernels().embedding_backward(runtime, tokens, d, vocabulary, ids, dy, dweight); });
  return nullptr;
}

// layerNorm(x, residual or null, gamma, beta, sum or null, y, rows, d, epsilon)
napi_value layer_norm(Call& call) {
  call.expect_count(9);
  const int64_t rows = call.size(6, "rows"), d = call.size(7, "d"), count = product(call, {rows, d});
  const auto epsilon = static_cast<float>(call.number(8, "epsilon"));
  const float* x = call.floats(0, "x", count);
  const float* residual = call.floats_or_null(1, "residual", count);
  const float* gamma = call.floats(2, "gamma", d);
  const float* beta = call.floats(3, "beta", d);
  float* sum = call.floats_or_null(4, "sum", count);
  if ((sum == nullptr) != (residual == nullptr)) call.refuse("'sum' goes with 'residual'");
  float* y = call.floats(5, "y", count);
  call.run([=](Runtime& runtime) {
    kernels().layer_norm(runtime, rows, d, epsilon, x, residual, gamma, beta, sum, y);
  });
  return nullptr;
}

// layerNormBackward(dy, sumGradient or null, sum, gamma, dx, dgamma, dbeta, rows, d, epsilon)
napi_value layer_norm_backward(Call& call) {
  call.expect_count(10);
  const int64_t rows = call.size(7, "rows"), d = call.size(8, "d"), count = product(call, {rows, d});
  const auto epsilon = static_cast<float>(call.number(9, "epsilon"));
  const float* dy = call.floats(0, "dy", count);
  const float* sum_gradient = call.floats_or_null(1, "sumGradient", count);
  const float* sum = call.floats(2, "sum", count);
  const float* gamma = call.floats(3, "gamma", d);
  float* dx = call.floats(4, "dx", count);
  float* dgamma = call.floats(5, "dgamma", d);
  float* dbeta = call.floats(6, "dbeta", d);
  call.run([=](Runtime& runtime) {
    kernels().layer_norm_backward(runtime, rows, d, epsilon, dy, sum_gradient, sum, gamma, dx, dgamma, dbeta);
  });
  return nullptr;
}

LinearShape linear_shape(const Call& call, size_t first) {
  return {call.size(first, "rows"),
          call.size(first + 1, "in"),
          call.size(first + 2, "out"),
          layout_of(call, first + 3, "input"),
          layout_of(call, first + 4, "output"),
          precision_of(call, first + 5)};
}

// linear(x, weight, bias, y, rows, in, out, input, output, precision)
napi_value linear(Call& call) {
  call.expect_count(10);
  const LinearShape s = linear_shape(call, 4);
  const float* x = call.floats(0, "x", product(call, {s.rows, s.in}));
  const float* weight = call.floats(1, "weight", product(call, {s.out, s.in}));
  const float* bias = call.floats(2, "bias", s.out);
  float* y = call.floats(3, "y", product(call, {s.rows, s.out}));
  call.run([=](Runtime& runtime) { kernels().linear(runtime, s, x, weight, bias, y); });
  return nullptr;
}

// linearBackward(dy, x, weight, dx, dweight, dbias, rows, in, out, input, output, precision)
napi_value linear_backward(Call& call) {
  call.expect_count(12);
  const LinearShape s = linear_shape(call, 6);
  const float* dy = call.floats(0, "dy", product(call, {s.rows, s.out}));
  const float* x = call.floats(1, "x", product(call, {s.rows, s.in}));
  const float* weight = call.floats(2, "weight", product(call, {s.out, s.in}));
  float* dx = call.floats(3, "dx", product(call, {s.rows, s.in}));
  float* dweight = call.floats(4, "dweight", product(call, {s.out, s.in}));
  float* dbias = call.floats(5, "dbias", s.out);
  call.run([=](Runtime& runtime) { kernels().linear_backward(runtime, s, dy, x, weight, dx, dweight, dbias); });
  return nullptr;
}

MlpShape mlp_shape(const Call& call, size_t first) {
  return {call.size(first, "rows"), call.size(first + 1, "d"), call.size(first + 2, "inner"),
          precision_of(call, first + 3)};
}

// mlp(x, w1, b1, w2, b2, y, hidden or null, rows, d, inner, precision)
napi_value mlp(Call& call) {
  call.expect_count(11);
  const MlpShape s = mlp_shape(call, 7);
  const int64_t weights = product(call, {s.inner, s.d}), values = product(call, {s.rows, s.d});
  const float* x = call.floats(0, "x", values);
  const float* w1 = call.floats(1, "w1", weights);
  const float* b1 = call.floats(2, "b1", s.inner);
  const float* w2 = call.floats(3, "w2", weights);
  const float* b2 = call.floats(4, "b2", s.d);
  float* y = call.floats(5, "y", values);
  float* hidden = call.floats_or_null(6, "hidden", product(call, {s.rows, s.inner}));
  call.run([=](Runtime& runtime) { kernels().mlp(runtime, s, x, w1, b1, w2, b2, y, hidden); });
  return nullptr;
}

// mlpBackward(dy, x, w1, w2, hidden, dx, dw1, db1, dw2, db2, rows, d, inner, precision)
napi_value mlp_backward(Call& call) {
  call.expect_count(14);
  const MlpShape s = mlp_shape(call, 10);
  const int64_t weights = product(call, {s.inner, s.d}), values = product(call, {s.rows, s.d});
  const float* dy = call.floats(0, "dy", values);
  const float* x = call.floats(1, "x", values);
  const float* w1 = call.floats(2, "w1", weights);
  const float* w2 = call.floats(3, "w2", weights);
  const float* hidden = call.floats(4, "hidden", product(call, {s.rows, s.inner}));
  float* dx = call.floats(5, "dx", values);
  float* dw1 = call.floats(6, "dw1", weights);
  float* db1 = call.floats(7, "db1", s.inner);
  float* dw2 = call.floats(8, "dw2", weights);
  float* db2 = call.floats(9, "db2", s.d);
  call.run([=](Runtime& runtime) {
    kernels().mlp_backward(runtime, s, dy, x, w1, w2, hidden, dx, dw1, db1, dw2, db2);
  });
  return nullptr;
}

// crossEntropy(x, weight, targets, mask, loss, tokenLoss, gradX or null, gradWeight or null, tokens, d, vocabulary,
// precision)
napi_value cross_entropy(Call& call) {
  call.expect_count(12);
  const int64_t tokens = call.size(8, "tokens"), d = call.size(9, "d"), vocabulary = call.size(10, "vocabulary");
  const Precision precision = precision_of(call, 11);
  const float* x = call.floats(0, "x", product(call, {tokens, d}));
  const float* weight = call.floats(1, "weight", product(call, {vocabulary, d}));
  const int32_t* targets = call.ints(2, "targets", tokens);
  const float* mask = call.floats(3, "mask", tokens);
  float* loss = call.floats(4, "loss", 1);
  float* token_loss = call.floats(5, "tokenLoss", tokens);
  float* grad_x = call.floats_or_null(6, "gradX", product(call, {tokens, d}));
  float* grad_weight = call.floats_or_null(7, "gradWeight", product(call, {vocabulary, d}));
  call.run([=](Runtime& runtime) {
    kernels().cross_entropy(runtime, precision, tokens, d, vocabulary, x, weight, targets, mask, loss, token_loss,
                            grad_x, grad_weight);
  });
  return nullptr;
}

// scaleInPlace(x, factor): x times a number in a tensor, nothing where that is 1.
napi_value scale_in_place(Call& call) {
  call.expect_count(2);
  const int64_t count = call.tensor(0, "x").count;
  float* x = call.floats(0, "x", count);
  const float* factor = call.floats(1, "factor", 1);
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

struct Filter {
  FilterShape shape;
  std::vector<float*> weights, biases;
  float *z, *t, *deltas, *freq;
};

// The tensors of a filter from a list: z, t, deltas, freq, weight and bias of each layer, the last weight. Gradients
// lack t and deltas.
Filter filter_of(const Call& call, size_t list, const char* what, const FilterShape& shape, bool gradients) {
  const std::vector<const Tensor*> tensors = call.tensors(list, what);
  const size_t fixed = gradients ? 2 : 4, layers = static_cast<size_t>(shape.inner) + 1;
  if (tensors.size() != fixed + 2 * layers + 1) {
    call.refuse(std::string("'") + what + "' must have " + std::to_string(fixed + 2 * layers + 1) + " tensors, has " +
                std::to_string(tensors.size()));
  }
  size_t next = 0;
  const auto take = [&](const char* name, int64_t count) {
    return static_cast<float*>(call.memory(*tensors[next++], name, DataType::kFloat32, count));
  };
  Filter filter{};
  filter.shape = shape;
  filter.z = take("z", product(call, {shape.length, shape.features}));
  if (!gradients) {
    filter.t = take("t", shape.length);
    filter.deltas = take("deltas", shape.channels);
  }
  filter.freq = take("freq", shape.width);
  for (size_t layer = 0; layer < layers; ++layer) {
    filter.weights.push_back(take("weight", product(call, {shape.width, layer == 0 ? shape.features : shape.width})));
    filter.biases.push_back(take("bias", shape.width));
  }
  filter.weights.push_back(take("last", product(call, {shape.channels, shape.width})));
  return filter;
}

// length, features, width, channels, inner, shift, modulate
FilterShape filter_shape(const Call& call, size_t first) {
  return {call.size(first, "length"),
          call.size(first + 1, "features"),
          call.size(first + 2, "width"),
          call.size(first + 3, "channels"),
          static_cast<int>(call.integer(first + 4, "inner", 0, 1024)),
          static_cast<float>(call.number(first + 5, "shift")),
          call.boolean(first + 6, "modulate")};
}

FilterWeights filter_weights(const Filter& f) {
  return {f.z, f.t, f.deltas, f.freq, f.weights.data(), f.biases.data()};
}

// implicitFilter(inputs, h, length, features, width, channels, inner, shift, modulate)
napi_value implicit_filter(Call& call) {
  call.expect_count(9);
  const Filter inputs = filter_of(call, 0, "inputs", filter_shape(call, 2), false);
  float* h = call.floats(1, "h", product(call, {inputs.shape.channels, inputs.shape.length}));
  call.run([=](Runtime& runtime) { kernels().implicit_filter(runtime, inputs.shape, filter_weights(inputs), h); });
  return nullptr;
}

// implicitFilterBackward(dh, inputs, gradients, length, features, width, channels, inner, shift, modulate)
napi_value implicit_filter_backward(Call& call) {
  call.expect_count(10);
  const FilterShape shape = filter_shape(call, 3);
  const float* dh = call.floats(0, "dh", product(call, {shape.channels, shape.length}));
  const Filter inputs = filter_of(call, 1, "inputs", shape, false);
  const Filter gradients = filter_of(call, 2, "gradients", shape, true);
  call.run([=](Runtime& runtime) {
    kernels().implicit_filter_backward(
        runtime, shape, filter_weights(inputs), dh,
        {gradients.z, gradients.freq, gradients.weights.data(), gradients.biases.data()});
  });
  return nullptr;
}

struct Convolution {
  int64_t channels, batch, length, filter_length, signal, filter;
};

Convolution convolution_of(const Call& call, size_t first) {
  Convolution c{call.size(first, "channels"), call.size(first + 1, "batch"), call.size(first + 2, "length"),
                call.size(first + 3, "filterLength"), 0, 0};
  c.signal = product(call, {c.channels, c.batch, c.length});
  c.filter = product(call, {c.channels, c.filter_length});
  return c;
}

// longConvolution(u, h, skip, y, channels, batch, length, filterLength)
napi_value long_convolution(Call& call) {
  call.expect_count(8);
  const Convolution c = convolution_of(call, 4);
  const float* u = call.floats(0, "u", c.signal);
  const float* h = call.floats(1, "h", c.filter);
  const float* skip = call.floats(2, "skip", c.channels);
  float* y = call.floats(3, "y", c.signal);
  call.run([=](Runtime& runtime) {
    kernels().long_convolution(runtime, c.channels, c.batch, c.length, c.filter_length, u, h, skip, y);
  });
  return nullptr;
}

// longConvolutionBackward(dy, u, h, skip, du, dh, dskip, channels, batch, length, filterLength)
napi_value long_convolution_backward(Call& call) {
  call.expect_count(11);
  const Convolution c = convolution_of(call, 7);
  const float* dy = call.floats(0, "dy", c.signal);
  const float* u = call.floats(1, "u", c.signal);
  const float* h = call.floats(2, "h", c.filter);
  const float* skip = call.floats(3, "skip", c.channels);
  float* du = call.floats(4, "du", c.signal);
  float* dh = call.floats(5, "dh", c.filter);
  float* dskip = call.floats(6, "dskip", c.channels);
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

// d, batch, length, filterLength, shortLength, order
RecurrenceShape recurrence_shape(const Call& call, size_t first) {
  return {call.integer(first, "d", 1, INT32_MAX),
          call.size(first + 1, "batch"),
          call.size(first + 2, "length"),
          call.size(first + 3, "filterLength"),
          call.integer(first + 4, "shortLength", 1, INT32_MAX),
          static_cast<int>(call.integer(first + 5, "order", 2, 1024))};
}

// p, shortWeight, shortBias, h, skip or their gradients, from the argument `first` on
Recurrence recurrence_of(const Call& call, size_t first, const RecurrenceShape& s) {
  const int64_t channels = product(call, {s.order + 1, s.d}), filters = product(call, {s.order - 1, s.d});
  return {s,
          call.floats(first, "p", product(call, {channels, s.batch, s.length})),
          call.floats(first + 1, "shortWeight", product(call, {channels, s.short_length})),
          call.floats(first + 2, "shortBias", channels),
          call.floats(first + 3, "h", product(call, {filters, s.filter_length})),
          call.floats(first + 4, "skip", filters)};
}

// recurrence(p, shortWeight, shortBias, h, skip, y, d, batch, length, filterLength, shortLength, order)
napi_value recurrence(Call& call) {
  call.expect_count(12);
  const Recurrence r = recurrence_of(call, 0, recurrence_shape(call, 6));
  float* y = call.floats(5, "y", product(call, {r.shape.d, r.shape.batch, r.shape.length}));
  call.run([=](Runtime& runtime) {
    kernels().recurrence(runtime, r.shape, {r.p, r.short_weight, r.short_bias, r.h, r.skip}, y);
  });
  return nullptr;
}

// recurrenceBackward(dy, p, shortWeight, shortBias, h, skip, dp, dshortWeight, dshortBias, dh, dskip, d, batch, length,
// filterLength, shortLength, order)
napi_value recurrence_backward(Call& call) {
  call.expect_count(17);
  const RecurrenceShape s = recurrence_shape(call, 11);
  const float* dy = call.floats(0, "dy", product(call, {s.d, s.batch, s.length}));
  const Recurrence r = recurrence_of(call, 1, s), g = recurrence_of(call, 6, s);
  call.run([=](Runtime& runtime) {
    kernels().recurrence_backward(runtime, s, {r.p, r.short_weight, r.short_bias, r.h, r.skip}, dy,
                                  {g.p, g.short_weight, g.short_bias, g.h, g.skip});
  });
  return nullptr;
}

// dropout(x, y, firstKey, secondKey, threshold, scale)
napi_value dropout(Call& call) {
  call.expect_count(6);
  const int64_t count = call.tensor(0, "x").count;
  if (count > int64_t{UINT32_MAX}) call.refuse("the tensor has more elements than the hash has counters");
  const float* x = call.floats(0, "x", count);
  float* y = call.floats(1, "y", count);
  const DropoutSettings settings = {static_cast<uint32_t>(call.integer(2, "firstKey", 0, UINT32_MAX)),
                                    static_cast<uint32_t>(call.integer(3, "secondKey", 0, UINT32_MAX)),
                                    static_cast<uint32_t>(call.integer(4, "threshold", 0, 1 << 24)),
                                    static_cast<float>(call.number(5, "scale"))};
  call.run([=](Runtime& runtime) { kernels().dropout(runtime, settings, count, x, y); });
  return nullptr;
}

// adamw(values, gradients, firsts, seconds, norm, learningRates, weightDecays, beta1, beta2, epsilon, step, clip)
napi_value adamw(Call& call) {
  call.expect_count(12);
  const auto values = call.tensors(0, "values"), gradients = call.tensors(1, "gradients"),
             firsts = call.tensors(2, "firsts"), seconds = call.tensors(3, "seconds");
  float* norm = call.floats(4, "norm", 1);
  const auto rates = call.numbers(5, "learningRates"), decays = call.numbers(6, "weightDecays");
  const size_t count = values.size();
  for (const size_t size : {gradients.size(), firsts.size(), seconds.size(), rates.size(), decays.size()}) {
    if (size != count) call.refuse("there must be as many gradients, moments and rates as parameters");
  }
  std::vector<AdamWParameter> parameters(count);
  for (size_t i = 0; i < count; ++i) {
    const int64_t n = values[i]->count;
    const auto floats = [&](const Tensor* tensor, const char* what) {
      return static_cast<float*>(call.memory(*tensor, what, DataType::kFloat32, n));
    };
    parameters[i] = {floats(values[i], "values"), floats(gradients[i], "gradients"), floats(firsts[i], "firsts"),
                     floats(seconds[i], "seconds"), n, rates[i], decays[i]};
  }
  const AdamWSettings settings = {call.number(7, "beta1"), call.number(8, "beta2"), call.number(9, "epsilon"),
                                  call.integer(10, "step", 1, int64_t{1} << 50),
                                  call.is_null(11) ? 0 : call.number(11, "clip")};
  call.run([=](Runtime& runtime) {
    *norm = kernels().adamw(runtime, settings, parameters.data(), static_cast<int64_t>(parameters.size()));
  });
  return nullptr;
}

}  // namespace

std::vector<Function> operation_functions() {
  return {{"embedding", embedding},
          {"embeddingBackward", embedding_backward},
          {"layerNorm", layer_norm},
          {"layerNormBackward", layer_norm_backward},
          {"linear", linear},
          {"linearBackward", linear_backward},
          {"mlp", mlp},
          {"mlpBackward", mlp_backward},
          {"crossEntropy", cross_entropy},
          {"scaleInPlace", scale_in_place},
          {"implicitFilter", implicit_filter},
          {"implicitFilterBackward", implicit_filter_backward},
          {"longConvolution", long_convolution},
          {"longConvolutionBackward", long_convolution_backward},
          {"recurrence", recurrence},
          {"recurrenceBackward", recurrence_backward},
          {"dropout", dropout},
          {"adamw", adamw}};
}

}  // namespace hyena
