#include <algorithm>
#include <cmath>
#include <limits>

#include "check.h"
#include "sequence-reference.h"

namespace hyena::test {
namespace {

constexpr float kRubbish = std::numeric_limits<float>::quiet_NaN();

struct Case {
  RecurrenceShape shape;  // of all positions, with filters that reach further
  std::vector<float> p, short_weight, short_bias, h, skip;
};

Case make_case(Random& random, int64_t d, int64_t length, int64_t reach, int64_t taps, int order) {
  const int64_t projections = (order + 1) * d, filters = (order - 1) * d;
  return {{d, 1, length, reach, taps, order},
          random.normals(projections * length),
          random.normals(projections * taps, 0.5f),
          random.normals(projections, 0.5f),
          random.normals(filters * reach, 1 / std::sqrt(static_cast<float>(reach))),
          random.normals(filters)};
}

// Rows [from, to) of each of `count` rows of `length`.
std::vector<float> columns(const std::vector<float>& rows, int64_t count, int64_t length, int64_t from, int64_t to) {
  std::vector<float> out;
  for (int64_t row = 0; row < count; ++row) {
    out.insert(out.end(), rows.begin() + row * length + from, rows.begin() + row * length + to);
  }
  return out;
}

struct Extended {
  std::vector<float> y, inputs, lookahead;
};

Extended extend(const Kernels& kernels, Runtime& runtime, const Case& c, int64_t past, const std::vector<float>& conv_inputs) {
  const RecurrenceShape& s = c.shape;
  const int64_t lead = std::min(s.short_length - 1, past), length = s.length - past;
  const int64_t filters = (s.order - 1) * s.d, ahead = s.filter_length - s.length;
  const std::vector<float> p = columns(c.p, (s.order + 1) * s.d, s.length, past - lead, s.length);
  Extended out{std::vector<float>(s.d * length, kRubbish), std::vector<float>(filters * length, kRubbish),
               std::vector<float>(filters * ahead, kRubbish)};
  kernels.prefill(runtime, {s.d, lead, length, past, s.filter_length, s.short_length, s.order},
                    {p.data(), c.short_weight.data(), c.short_bias.data(), c.h.data(), c.skip.data()},
                    past > 0 ? conv_inputs.data() : nullptr,
                    {out.y.data(), out.inputs.data(), ahead > 0 ? out.lookahead.data() : nullptr});
  return out;
}

TEST(extension_is_the_recurrence_of_the_new_positions) {
  Random random(21);
  for (int repeat = 0; repeat < 40; ++repeat) {
    const int64_t length = random.integer(1, 200), past = random.integer(0, length - 1);
    const int64_t reach = length + (random.integer(0, 2) == 0 ? 0 : random.integer(1, 300));
    const int order = static_cast<int>(random.integer(2, 4));
    const Case c = make_case(random, random.integer(1, 4), length, reach, random.integer(1, 6), order);
    const int64_t filters = (order - 1) * c.shape.d;
    const Doubles dy(c.shape.d * length, 0.0);
    const RecurrenceResult right = recurrence(c.shape, widened(c.p), widened(c.short_weight), widened(c.short_bias),
                                              widened(c.h), widened(c.skip), dy);
    std::vector<double> expected;
    for (int64_t d = 0; d < c.shape.d; ++d) {
      expected.insert(expected.end(), right.y.begin() + d * length + past, right.y.begin() + (d + 1) * length);
    }
    for_each_set([&](const Kernels& kernels, Runtime& runtime) {
      const Extended all = extend(kernels, runtime, c, 0, {});
      const Extended part =
          extend(kernels, runtime, c, past, columns(all.inputs, filters, length, 0, past));
      EXPECT_CLOSE(part.y, expected, 1e-5);
      EXPECT_CLOSE(part.inputs, widened(columns(all.inputs, filters, length, past, length)), 1e-5);
      std::vector<double> lookahead;
      for (int64_t row = 0; row < filters; ++row) {
        Doubles padded = widened(columns(all.inputs, filters, length, 0, length));
        padded = Doubles(padded.begin() + row * length, padded.begin() + (row + 1) * length);
        padded.resize(reach, 0.0);
        const Doubles h = widened(std::vector<float>(c.h.begin() + row * reach, c.h.begin() + (row + 1) * reach));
        const Doubles convolved = causal_product(padded, h);
        lookahead.insert(lookahead.end(), convolved.begin() + length, convolved.end());
      }
      if (reach > length) {
        EXPECT_CLOSE(all.lookahead, lookahead, 1e-5);
        EXPECT_CLOSE(part.lookahead, lookahead, 1e-5);
      }
    });
  }
}

// Tokens in blocks: what lies ready for each position, with what the block itself adds, is the whole convolution.
TEST(decode_advance_makes_up_the_convolution) {
  Random random(22);
  for (const int64_t taps : {int64_t{20}, int64_t{100}, int64_t{600}}) {
    const int64_t channels = 5, room = 512, ahead = 90;
    const std::vector<float> inputs = random.normals(channels * room), lookahead = random.normals(channels * ahead);
    const std::vector<float> filters = random.normals(channels * taps, 0.2f);
    for_each_set([&](const Kernels& kernels, Runtime& runtime) {
      std::vector<float> block_inputs(kDecodeBlock * channels), block_base(kDecodeBlock * channels, kRubbish);
      std::vector<float> kept(channels * room), tile_sums(channels * room);
      for (int64_t block = 0; block < room; block += kDecodeBlock) {
        kernels.decode_advance(runtime, {channels, room, taps, ahead, block, block_inputs.data(), filters.data(),
                                         lookahead.data(), block_base.data(), kept.data(), tile_sums.data()});
        std::vector<double> expected(kDecodeBlock * channels);
        for (int64_t i = 0; i < kDecodeBlock; ++i) {
          for (int64_t c = 0; c < channels; ++c) {
            double sum = block + i < ahead ? lookahead[c * ahead + block + i] : 0;
            for (int64_t j = 0; j < block; ++j) {
              const int64_t tap = block + i - j;
              if (tap < taps) sum += static_cast<double>(inputs[c * room + j]) * filters[c * taps + tap];
            }
            expected[i * channels + c] = sum;
          }
        }
        EXPECT_CLOSE(block_base, expected, 1e-5);
        for (int64_t i = 0; i < kDecodeBlock; ++i) {
          for (int64_t c = 0; c < channels; ++c) block_inputs[i * channels + c] = inputs[c * room + block + i];
        }
      }
    });
  }
}

// A model of one layer for several texts at once, with random weights.
struct Model {
  int64_t d, inner, vocabulary, taps;
  int order;
  std::vector<std::vector<float>> weights;

  int64_t width() const { return (order + 1) * d; }
  int64_t filters() const { return (order - 1) * d; }
};

Model make_model(Random& random, int64_t d, int64_t inner, int64_t vocabulary, int64_t taps, int order) {
  Model m{d, inner, vocabulary, taps, order, {}};
  const int64_t sizes[] = {vocabulary * d, d,     d,     vocabulary * d, d,         d, m.width() * d, m.width(),
                           m.width() * taps, m.width(), m.filters(), d * d, d, d, d, inner * d, inner, d * inner, d,
                           kDecodeBlock * m.filters()};
  for (const int64_t size : sizes) m.weights.push_back(random.normals(size, 0.3f));
  return m;
}

std::vector<float> step(const Kernels& kernels, Runtime& runtime, const Model& m, std::vector<std::vector<float>>& states,
                        const std::vector<int32_t>& ids, int64_t place, const Weight* head = nullptr) {
  const auto w = [&](size_t index) { return m.weights[index].data(); };
  const DecodeLayer layer{w(4),  w(5),  w(6),  w(7),  w(8),  w(9),  w(10), w(11),
                          w(12), w(13), w(14), w(15), w(16), w(17), w(18), w(19)};
  const DecodeModel model{w(0), w(1), w(2), head != nullptr ? *head : Weight(w(3)), &layer};
  std::vector<DecodeState> layers;
  for (size_t t = 0; t < ids.size(); ++t) {
    layers.push_back({states[3 * t].data(), states[3 * t + 1].data(), states[3 * t + 2].data()});
  }
  std::vector<DecodeText> texts;
  for (size_t t = 0; t < ids.size(); ++t) texts.push_back({ids[t], place, &layers[t]});
  std::vector<float> logits(ids.size() * m.vocabulary, kRubbish);
  kernels.decode_step(runtime, {m.d, m.inner, m.vocabulary, 1, m.taps, m.order, 1e-5f}, model, texts.data(),
                      static_cast<int64_t>(texts.size()), logits.data());
  return logits;
}

std::vector<std::vector<float>> make_states(Random& random, const Model& m, size_t texts) {
  std::vector<std::vector<float>> states;
  for (size_t t = 0; t < texts; ++t) {
    states.push_back(random.normals(std::max<int64_t>(1, m.taps - 1) * m.width()));
    states.push_back(random.normals(kDecodeBlock * m.filters()));
    states.push_back(random.normals(kDecodeBlock * m.filters()));
  }
  return states;
}

Doubles affine(const std::vector<float>& w, const std::vector<float>* bias, const Doubles& x) {
  Doubles y(w.size() / x.size());
  for (size_t row = 0; row < y.size(); ++row) {
    y[row] = bias ? (*bias)[row] : 0;
    for (size_t i = 0; i < x.size(); ++i) y[row] += static_cast<double>(w[row * x.size() + i]) * x[i];
  }
  return y;
}

Doubles normalised(const Doubles& x, const std::vector<float>& gamma, const std::vector<float>& beta) {
  double mean = 0, variance = 0;
  for (const double value : x) mean += value / x.size();
  for (const double value : x) variance += (value - mean) * (value - mean) / x.size();
  Doubles y(x.size());
  for (size_t i = 0; i < x.size(); ++i) y[i] = (x[i] - mean) / std::sqrt(variance + 1e-5) * gamma[i] + beta[i];
  return y;
}

// The same in double precision; window, recent and ready as they are before the step.
Doubles right_step(const Model& m, const std::vector<std::vector<float>>& state, int32_t id, int64_t place) {
  const auto& w = m.weights;
  Doubles x(w[0].begin() + id * m.d, w[0].begin() + (id + 1) * m.d);
  const Doubles projected = affine(w[6], &w[7], normalised(x, w[4], w[5]));
  Doubles shorts(m.width());
  for (int64_t c = 0; c < m.width(); ++c) {
    shorts[c] = w[9][c] + w[8][c * m.taps + m.taps - 1] * projected[c];
    for (int64_t k = 0; k + 1 < m.taps; ++k) shorts[c] += w[8][c * m.taps + k] * state[0][k * m.width() + c];
  }
  Doubles value(shorts.begin() + m.order * m.d, shorts.end());
  for (int o = 0; o < m.order - 1; ++o) {
    for (int64_t d = 0; d < m.d; ++d) {
      const int64_t c = o * m.d + d;
      const double inputs = value[d] * shorts[(m.order - 1 - o) * m.d + d];
      value[d] = state[2][place * m.filters() + c] + (w[19][c] + w[10][c]) * inputs;
      for (int64_t back = 1; back <= place; ++back) {
        value[d] += static_cast<double>(w[19][back * m.filters() + c]) * state[1][(place - back) * m.filters() + c];
      }
    }
  }
  for (int64_t d = 0; d < m.d; ++d) value[d] *= shorts[d];
  const Doubles mixed = affine(w[11], &w[12], value);
  for (int64_t d = 0; d < m.d; ++d) x[d] += mixed[d];
  Doubles hidden = affine(w[15], &w[16], normalised(x, w[13], w[14]));
  for (double& h : hidden) h = 0.5 * h * (1 + std::tanh(std::sqrt(2 / M_PI) * (h + 0.044715 * h * h * h)));
  const Doubles added = affine(w[17], &w[18], hidden);
  for (int64_t d = 0; d < m.d; ++d) x[d] += added[d];
  return affine(w[3], nullptr, normalised(x, w[1], w[2]));
}

TEST(decode_step_is_the_model_for_each_text) {
  Random random(23);
  for (int repeat = 0; repeat < 30; ++repeat) {
    const Model m = make_model(random, random.integer(1, 40), random.integer(1, 70), random.integer(2, 50),
                               random.integer(1, 5), static_cast<int>(random.integer(2, 4)));
    const auto texts = static_cast<size_t>(random.integer(1, repeat % 5 == 0 ? 20 : 7));
    const int64_t place = random.integer(0, kDecodeBlock - 1);
    const auto states = make_states(random, m, texts);
    std::vector<int32_t> ids;
    Doubles right;
    for (size_t t = 0; t < texts; ++t) {
      ids.push_back(static_cast<int32_t>(random.integer(0, m.vocabulary - 1)));
      const std::vector<std::vector<float>> own(states.begin() + 3 * t, states.begin() + 3 * t + 3);
      const Doubles one = right_step(m, own, ids[t], place);
      right.insert(right.end(), one.begin(), one.end());
    }
    for_each_set([&](const Kernels& kernels, Runtime& runtime) {
      auto after = states;
      EXPECT_CLOSE(step(kernels, runtime, m, after, ids, place), right, 2e-4);
      if (m.taps > 2) {
        const std::vector<float> moved(after[0].begin(), after[0].end() - m.width());
        const std::vector<float> before(states[0].begin() + m.width(), states[0].end());
        EXPECT_SAME(moved, before);
      }
    });
  }
}

// Of any number of texts, with a matrix in each type as with the numbers that it stands for.
TEST(decode_step_of_many_texts_with_a_packed_matrix) {
  constexpr int64_t kWidth = 100, kVocabulary = 70;
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    Random random(26);
    for (const WeightType type : {WeightType::kBf16, WeightType::kInt8, WeightType::kInt4}) {
      Model m = make_model(random, kWidth, 30, kVocabulary, 3, 2);
      const int64_t values = kVocabulary * weight_row_bytes(type, kWidth);
      std::vector<uint8_t> memory(static_cast<size_t>(weight_bytes(type, kVocabulary, kWidth)));
      for (uint8_t& byte : memory) byte = static_cast<uint8_t>(random.integer(0, 255));
      // Numbers and scales in bf16 of about 1, either sign.
      for (size_t i = type == WeightType::kBf16 ? 1 : static_cast<size_t>(values) + 1; i < memory.size(); i += 2) {
        memory[i] = static_cast<uint8_t>((memory[i] & 0x80) | 0x3f);
      }
      const Weight head(type, memory.data(), kVocabulary, kWidth);
      kernels.widen(runtime, head, kVocabulary, kWidth, m.weights[3].data());
      for (const size_t texts : {1, 2, 3, 5, 6, 8, 13, 40}) {
        const auto states = make_states(random, m, texts);
        std::vector<int32_t> ids;
        for (size_t t = 0; t < texts; ++t) ids.push_back(static_cast<int32_t>(random.integer(0, kVocabulary - 1)));
        auto first = states, second = states;
        const std::vector<float> right = step(kernels, runtime, m, first, ids, 3);
        EXPECT_CLOSE(step(kernels, runtime, m, second, ids, 3, &head), Doubles(right.begin(), right.end()), 1e-4);
      }
    }
  });
}

TEST(decode_step_refuses_unknown_tokens) {
  Random random(24);
  const Model m = make_model(random, 4, 4, 5, 3, 2);
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    auto states = make_states(random, m, 1);
    bool refused = false;
    try {
      step(kernels, runtime, m, states, {5}, 0);
    } catch (const KernelError&) {
      refused = true;
    }
    CHECK(refused);
  });
}

TEST(decode_step_deterministic) {
  expect_deterministic([](const Kernels& kernels, Runtime& runtime) {
    Random random(25);
    const Model m = make_model(random, 300, 700, 400, 3, 3);
    auto states = make_states(random, m, 5);
    return step(kernels, runtime, m, states, {1, 2, 3, 4, 5}, 17);
  });
}

}  // namespace
}  // namespace hyena::test
