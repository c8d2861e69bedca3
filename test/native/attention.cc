// Causal attention and the rotary embedding against direct sums in double.
#include <algorithm>
#include <cmath>

#include "bf16.h"
#include "check.h"

using namespace hyena;
using namespace hyena::test;

namespace {

using Floats = std::vector<float>;
using Doubles = std::vector<double>;

struct Case {
  AttentionShape shape;
  Floats q, k, v, dy;

  explicit Case(const AttentionShape& s) : shape(s) {
    Random random(static_cast<uint64_t>(s.queries * 7919 + s.keys * 31 + s.heads * 5 + s.head_dim));
    q = random.normals(query_count());
    k = random.normals(key_count());
    v = random.normals(key_count());
    dy = random.normals(query_count());
  }
  int64_t query_count() const { return shape.batch * shape.queries * shape.heads * shape.head_dim; }
  int64_t key_count() const { return shape.batch * shape.keys * shape.kv_heads * shape.head_dim; }
  int64_t row_count() const { return shape.batch * shape.heads * shape.queries; }
};

struct Results {
  Floats y, sums, dq, dk, dv;
};
Results run(const Kernels& kernels, Runtime& runtime, const Case& c) {
  const auto queries = static_cast<size_t>(c.query_count()), keys = static_cast<size_t>(c.key_count());
  Results r{Floats(queries), Floats(static_cast<size_t>(c.row_count())), Floats(queries), Floats(keys), Floats(keys)};
  kernels.attention(runtime, c.shape, c.q.data(), c.k.data(), c.v.data(), r.y.data(), r.sums.data());
  kernels.attention_backward(runtime, c.shape, c.dy.data(), c.q.data(), c.k.data(), c.v.data(), r.y.data(),
                             r.sums.data(), {r.dq.data(), r.dk.data(), r.dv.data()});
  return r;
}

struct Expected {
  Doubles y, sums, dq, dk, dv;
};
Expected expected_of(const Case& c) {
  const AttentionShape& s = c.shape;
  const auto queries = static_cast<size_t>(c.query_count()), keys = static_cast<size_t>(c.key_count());
  Expected e{Doubles(queries), Doubles(static_cast<size_t>(c.row_count())), Doubles(queries), Doubles(keys),
             Doubles(keys)};
  const double scale = 1 / std::sqrt(static_cast<double>(s.head_dim));
  for (int64_t b = 0; b < s.batch; ++b) {
    for (int64_t h = 0; h < s.heads; ++h) {
      const int64_t g = h / (s.heads / s.kv_heads);
      for (int64_t i = 0; i < s.queries; ++i) {
        const int64_t position = s.keys - s.queries + i;
        const int64_t first = s.window == 0 ? 0 : std::max<int64_t>(0, position - s.window + 1);
        const int64_t at = ((b * s.queries + i) * s.heads + h) * s.head_dim;
        const auto key = [&](int64_t j) { return ((b * s.keys + j) * s.kv_heads + g) * s.head_dim; };
        Doubles p(static_cast<size_t>(position + 1)), slope(p.size());
        double total = 0, delta = 0, most = -INFINITY;
        for (int64_t j = first; j <= position; ++j) {
          double score = 0;
          for (int64_t d = 0; d < s.head_dim; ++d) score += double{c.q[at + d]} * c.k[key(j) + d];
          p[j] = score * scale;
          most = std::max(most, p[j]);
        }
        for (int64_t j = first; j <= position; ++j) total += p[j] = std::exp(p[j] - most);
        e.sums[(b * s.heads + h) * s.queries + i] = most + std::log(total);
        for (int64_t j = first; j <= position; ++j) {
          p[j] /= total;
          for (int64_t d = 0; d < s.head_dim; ++d) {
            e.y[at + d] += p[j] * c.v[key(j) + d];
            slope[j] += double{c.dy[at + d]} * c.v[key(j) + d];
            e.dv[key(j) + d] += p[j] * c.dy[at + d];
          }
          delta += p[j] * slope[j];
        }
        for (int64_t j = first; j <= position; ++j) {
          const double gradient = p[j] * (slope[j] - delta) * scale;
          for (int64_t d = 0; d < s.head_dim; ++d) {
            e.dq[at + d] += gradient * c.k[key(j) + d];
            e.dk[key(j) + d] += gradient * c.q[at + d];
          }
        }
      }
    }
  }
  return e;
}

void check_attention(const Kernels& kernels, Runtime& runtime, const AttentionShape& shape, double tolerance) {
  const Case c(shape);
  const Results r = run(kernels, runtime, c);
  const Expected e = expected_of(c);
  EXPECT_CLOSE(r.y, e.y, tolerance);
  if (shape.precision == Precision::kFp32) EXPECT_CLOSE(r.sums, e.sums, tolerance);
  if (shape.keys > 1) {
    EXPECT_CLOSE(r.dq, e.dq, 3 * tolerance);
    EXPECT_CLOSE(r.dk, e.dk, 3 * tolerance);
  }
  EXPECT_CLOSE(r.dv, e.dv, 2 * tolerance);
}

// batch, queries, keys, heads, kv_heads, head_dim, window
const AttentionShape kShapes[] = {
    {1, 1, 1, 1, 1, 1, 0, {}},       {2, 3, 3, 2, 1, 5, 0, {}},        {1, 33, 33, 2, 2, 16, 0, {}},
    {1, 127, 127, 4, 2, 32, 0, {}},  {2, 130, 130, 3, 3, 48, 17, {}},  {1, 1, 200, 4, 1, 64, 0, {}},
    {1, 5, 77, 4, 4, 24, 9, {}},     {1, 600, 600, 2, 1, 64, 0, {}},   {1, 300, 1300, 2, 2, 32, 0, {}},
    {1, 1300, 1300, 1, 1, 20, 100, {}}, {1, 40, 1200, 6, 2, 33, 1, {}}, {1, 1, 3000, 4, 2, 32, 700, {}},
    {1, 3, 2500, 8, 2, 40, 0, {}},
};

}  // namespace

TEST(attention_of_many_shapes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const AttentionShape& shape : kShapes) check_attention(kernels, runtime, shape, 3e-6);
  });
}

TEST(attention_in_bf16) {
  for (const Bf16Unit unit : available_bf16_units()) {
    use_bf16_unit(unit);
    for_each_set([](const Kernels& kernels, Runtime& runtime) {
      for (AttentionShape shape : kShapes) {
        shape.precision = Precision::kBf16Mixed;
        check_attention(kernels, runtime, shape, 1.5e-2);
      }
    });
  }
  use_bf16_unit(available_bf16_units().front());
}

TEST(attention_is_deterministic) {
  for (const Precision precision : {Precision::kFp32, Precision::kBf16Mixed}) {
    for (const AttentionShape& shape :
         {AttentionShape{2, 1300, 1300, 4, 2, 16, 0, precision}, AttentionShape{1, 1, 3000, 4, 2, 16, 0, precision}}) {
      expect_deterministic([&](const Kernels& kernels, Runtime& runtime) {
        Results r = run(kernels, runtime, Case(shape));
        for (const Floats* part : {&r.dq, &r.dk, &r.dv}) r.y.insert(r.y.end(), part->begin(), part->end());
        return r.y;
      });
    }
  }
}

TEST(attention_of_large_scores) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    // Scores far apart, rising and falling: the largest comes last, or first.
    for (const float sign : {1.0f, -1.0f}) {
      Case c({1, 700, 700, 1, 1, 8, 0, {}});
      for (int64_t i = 0; i < 700; ++i) {
        for (int64_t d = 0; d < 8; ++d) {
          c.q[i * 8 + d] = 3 + 0.01f * c.q[i * 8 + d];
          c.k[i * 8 + d] = sign * 0.2f * static_cast<float>(i);
        }
      }
      const Results r = run(kernels, runtime, c);
      const Expected e = expected_of(c);
      EXPECT_CLOSE(r.sums, e.sums, 1e-5);
      // A rounding of a score of 1,000 moves the result by its exponential.
      EXPECT_CLOSE(r.y, e.y, 3e-4);
      EXPECT_CLOSE(r.dv, e.dv, 3e-4);
    }
  });
}

TEST(attention_passes_on_what_is_not_a_number) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const bool in_query : {true, false}) {
      Case c({1, 300, 300, 2, 2, 16, 0, {}});
      (in_query ? c.q : c.k)[150 * 32 + 16 + 3] = NAN;  // of the second head
      const Results r = run(kernels, runtime, c);
      for (int64_t i = 0; i < 300; ++i) {
        for (int64_t d = 0; d < 32; ++d) {
          const bool hit = d >= 16 && (in_query ? i == 150 : i >= 150);
          CHECK(std::isnan(r.y[i * 32 + d]) == hit);
        }
      }
    }
  });
}

// Steps of several texts, with a prefix and without a look at its first rows, against attention over all rows at once.
TEST(attention_steps_go_on) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    struct Sizes {
      int64_t heads, kv_heads, head_dim, prefix, prefix_first, count, first;
      double base;
    };
    for (const Sizes& z : {Sizes{1, 1, 5, 1, 0, 0, 0, 0}, Sizes{4, 2, 16, 600, 0, 3, 0, 1e4},
                           Sizes{6, 2, 24, 70, 65, 1300, 0, 500}, Sizes{2, 1, 34, 9, 9, 70, 8, 0}}) {
      const int64_t texts = 2, row = z.kv_heads * z.head_dim, width = z.heads * z.head_dim, room = z.count + 2;
      const int64_t per_text = width + 2 * row, position = 5 + z.prefix + z.count;
      Random random(static_cast<uint64_t>(z.prefix * 31 + z.count));
      Floats qkv = random.normals(texts * per_text), y(static_cast<size_t>(texts * width));
      const Floats given = qkv, q_norm = random.normals(z.head_dim), k_norm = random.normals(z.head_dim);
      const Floats prefix_keys = random.normals(z.prefix * row), prefix_values = random.normals(z.prefix * row);
      std::vector<Floats> keys, values;
      std::vector<AttentionText> all;
      for (int64_t t = 0; t < texts; ++t) {
        keys.push_back(random.normals(room * row));
        values.push_back(random.normals(room * row));
        all.push_back({position, prefix_keys.data(), prefix_values.data(), z.prefix_first, z.prefix, keys[t].data(),
                       values[t].data(), z.first, z.count});
      }
      const double epsilon = 0.1, interpolation = 2;
      kernels.attention_step(runtime,
                             {z.heads, z.kv_heads, z.head_dim, q_norm.data(), k_norm.data(), static_cast<float>(epsilon),
                              z.base, interpolation},
                             qkv.data(), all.data(), texts, y.data());
      for (int64_t t = 0; t < texts; ++t) {
        Doubles expected(static_cast<size_t>(width)), placed(static_cast<size_t>(width + row));
        for (int64_t head = 0; head < z.heads + z.kv_heads; ++head) {
          const float* x = given.data() + t * per_text + head * z.head_dim;
          const Floats& scale = head < z.heads ? q_norm : k_norm;
          double squares = 0;
          for (int64_t e = 0; e < z.head_dim; ++e) squares += static_cast<double>(x[e]) * x[e];
          const double root = std::sqrt(squares / static_cast<double>(z.head_dim) + epsilon);
          double* to = placed.data() + head * z.head_dim;
          for (int64_t e = 0; e < z.head_dim; ++e) to[e] = x[e] / root * scale[e];
          const int64_t half = z.head_dim / 2;
          for (int64_t j = 0; z.base > 0 && j < half; ++j) {
            const double angle = static_cast<double>(position) / interpolation *
                                 std::pow(z.base, -static_cast<double>(j) / static_cast<double>(half));
            const double first = to[j], second = to[j + half];
            to[j] = first * std::cos(angle) - second * std::sin(angle);
            to[j + half] = second * std::cos(angle) + first * std::sin(angle);
          }
        }
        for (int64_t head = 0; head < z.heads; ++head) {
          const int64_t kv = head / (z.heads / z.kv_heads) * z.head_dim;
          Doubles scores;
          std::vector<const float*> seen;
          const auto add = [&](const auto* key, const float* value) {
            double product = 0;
            for (int64_t e = 0; e < z.head_dim; ++e) product += placed[head * z.head_dim + e] * key[kv + e];
            scores.push_back(product / std::sqrt(static_cast<double>(z.head_dim)));
            seen.push_back(value + kv);
          };
          for (int64_t i = z.prefix_first; i < z.prefix; ++i) add(&prefix_keys[i * row], &prefix_values[i * row]);
          for (int64_t i = z.first; i < z.count; ++i) add(&keys[t][i * row], &values[t][i * row]);
          add(&placed[width], given.data() + t * per_text + width + row);
          double sum = 0;
          const double most = *std::max_element(scores.begin(), scores.end());
          for (double& score : scores) sum += score = std::exp(score - most);
          for (size_t i = 0; i < scores.size(); ++i) {
            for (int64_t e = 0; e < z.head_dim; ++e) expected[head * z.head_dim + e] += scores[i] / sum * seen[i][e];
          }
        }
        const Floats of_text(y.begin() + t * width, y.begin() + (t + 1) * width);
        EXPECT_CLOSE(of_text, expected, 1e-5);
        const Floats key(keys[t].begin() + z.count * row, keys[t].begin() + (z.count + 1) * row);
        EXPECT_CLOSE(key, Doubles(placed.begin() + width, placed.end()), 1e-5);
        CHECK(std::equal(values[t].begin() + z.count * row, values[t].begin() + (z.count + 1) * row,
                         given.begin() + t * per_text + width + row));
      }
    }
  });
}

TEST(rotary_turns_pairs) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const RotaryShape& s : {RotaryShape{1, 1, 1, 2, 0, 1e4, 1, false}, RotaryShape{2, 37, 3, 24, 5, 1e4, 4, false},
                                 RotaryShape{1, 20, 2, 64, 1000000, 5e5, 1, false}}) {
      const int64_t count = s.batch * s.length * s.heads * s.head_dim, half = s.head_dim / 2;
      const Floats x = Random(11).normals(count);
      Floats y(x.size()), back(x.size());
      Doubles expected(x.size());
      for (int64_t i = 0; i < count; ++i) {
        const int64_t j = i % s.head_dim, t = i / (s.heads * s.head_dim) % s.length;
        const double angle = static_cast<double>(s.offset + t) / s.interpolation *
                             std::pow(s.base, -2.0 * static_cast<double>(j % half) / static_cast<double>(s.head_dim));
        expected[i] = j < half ? x[i] * std::cos(angle) - x[i + half] * std::sin(angle)
                               : x[i] * std::cos(angle) + x[i - half] * std::sin(angle);
      }
      kernels.rotary(runtime, s, x.data(), y.data());
      EXPECT_CLOSE(y, expected, 1e-6);
      RotaryShape reversed = s;
      reversed.back = true;
      kernels.rotary(runtime, reversed, y.data(), back.data());
      EXPECT_CLOSE(back, Doubles(x.begin(), x.end()), 1e-6);
    }
  });
}
