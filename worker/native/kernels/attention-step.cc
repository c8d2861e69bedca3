// One position more of each of several texts, whose keys and values lie in two buffers: those of what was read at once,
// which other texts may share, and those of what was generated since.
#include "attention-rows.h"

namespace hyena::HYENA_ISA {
namespace {

using namespace attending;

// Keys of a task: of a text, from one of its buffers.
struct Span {
  int64_t text;
  const float *keys, *values;
  int64_t from, until;
};

class Step {
 public:
  Step(Runtime& runtime, const AttentionStepShape& shape, float* qkv, const AttentionText* texts, int64_t count,
       float* y)
      : runtime_(runtime), s_(shape), qkv_(qkv), texts_(texts), count_(count), y_(y) {}

  void run() {
    for (int64_t text = 0; text < count_; ++text) place(text);
    int64_t most = 0;
    for (int64_t text = 0; text < count_; ++text) {
      const AttentionText& t = texts_[text];
      most += spans_of(t.prefix - t.prefix_first) + spans_of(t.count + 1 - t.first);
    }
    const size_t span_bytes = round_up(most * static_cast<int64_t>(sizeof(Span)), 64);
    const size_t partials = static_cast<size_t>(most * s_.heads * partial_size(s_.head_dim)) * sizeof(float);
    auto* scratch = static_cast<char*>(runtime_.scratch(kScratchSlot, span_bytes + partials));
    spans_ = reinterpret_cast<Span*>(scratch);
    partials_ = reinterpret_cast<float*>(scratch + span_bytes);
    int64_t spans = 0;
    for (int64_t text = 0; text < count_; ++text) {
      const AttentionText& t = texts_[text];
      add_spans(text, t.prefix_keys, t.prefix_values, t.prefix_first, t.prefix, spans);
      add_spans(text, t.keys, t.values, t.first, t.count + 1, spans);
    }
    // Heads of a span one after another, since they share its pages.
    runtime_.parallel(spans * s_.kv_heads, [&](int64_t task) { run_span(task / s_.kv_heads, task % s_.kv_heads); });
    for (int64_t span = 0; span < spans;) {
      const int64_t text = spans_[span].text, first = span;
      while (span < spans && spans_[span].text == text) ++span;
      for (int64_t head = 0; head < s_.heads; ++head) {
        join_partials(partial(first, head), span - first, s_.heads * partial_size(s_.head_dim), s_.head_dim, unit(),
                      y_ + (text * s_.heads + head) * s_.head_dim);
      }
    }
  }

 private:
  static int64_t spans_of(int64_t keys) { return (keys + kSpan - 1) / kSpan; }
  float unit() const { return kLog2OfE / std::sqrt(static_cast<float>(s_.head_dim)); }
  int64_t per_text() const { return (s_.heads + 2 * s_.kv_heads) * s_.head_dim; }
  float* partial(int64_t span, int64_t head) const {
    return partials_ + (span * s_.heads + head) * partial_size(s_.head_dim);
  }

  // Normalises and rotates the query and the key of a text, and appends key and value to its buffer.
  void place(int64_t text) const {
    const AttentionText& t = texts_[text];
    const int64_t dims = s_.head_dim, half = dims / 2, turned = s_.heads + s_.kv_heads;
    float* x = qkv_ + text * per_text();
    if (s_.q_norm != nullptr) {
      for (int64_t head = 0; head < turned; ++head) {
        normalise(x + head * dims, head < s_.heads ? s_.q_norm : s_.k_norm);
      }
    }
    if (s_.base > 0) {
      for (int64_t j = 0; j < half; ++j) {
        // In double, as in rotary.cc.
        const double rate = std::pow(s_.base, -2.0 * static_cast<double>(j) / static_cast<double>(dims));
        const double angle = static_cast<double>(t.position) * rate / s_.interpolation;
        const auto cosine = static_cast<float>(std::cos(angle)), sine = static_cast<float>(std::sin(angle));
        for (int64_t head = 0; head < turned; ++head) {
          float *a = x + head * dims + j, *b = a + half;
          const float first = *a;
          *a = first * cosine - *b * sine;
          *b = *b * cosine + first * sine;
        }
      }
    }
    const int64_t row = s_.kv_heads * dims;
    std::copy_n(x + s_.heads * dims, row, t.keys + t.count * row);
    std::copy_n(x + turned * dims, row, t.values + t.count * row);
  }

  void normalise(float* x, const float* scale) const {
    float squares = 0;
    for (int64_t e = 0; e < s_.head_dim; ++e) squares += x[e] * x[e];
    const float root = std::sqrt(squares / static_cast<float>(s_.head_dim) + s_.epsilon);
    for (int64_t e = 0; e < s_.head_dim; ++e) x[e] = x[e] / root * scale[e];
  }

  void add_spans(int64_t text, const float* keys, const float* values, int64_t first, int64_t end, int64_t& spans) const {
    for (int64_t from = first; from < end; from += kSpan) {
      spans_[spans++] = {text, keys, values, from, std::min(end, from + kSpan)};
    }
  }

  void run_span(int64_t index, int64_t kv_head) const {
    const Span& span = spans_[index];
    const int64_t dims = s_.head_dim, row = s_.kv_heads * dims, shared = s_.heads / s_.kv_heads;
    const Operand k{span.keys + kv_head * dims, row, true}, v{span.values + kv_head * dims, row, true};
    for (int64_t i = 0; i < shared; ++i) clear_partial(dims, partial(index, kv_head * shared + i));
    for (int64_t from = span.from; from < span.until; from += kSpanBlock) {
      for (int64_t i = 0; i < shared; ++i) {
        const int64_t head = kv_head * shared + i;
        add_keys(qkv_ + span.text * per_text() + head * dims, k, v, from, std::min(span.until, from + kSpanBlock), dims,
                 unit(), partial(index, head));
      }
    }
  }

  Runtime& runtime_;
  const AttentionStepShape s_;
  float* qkv_;
  const AttentionText* texts_;
  int64_t count_;
  float* y_;
  Span* spans_ = nullptr;
  float* partials_ = nullptr;
};

}  // namespace

void attention_step(Runtime& runtime, const AttentionStepShape& s, float* qkv, const AttentionText* texts,
                    int64_t count, float* y) {
  Step(runtime, s, qkv, texts, count, y).run();
}

}  // namespace hyena::HYENA_ISA
