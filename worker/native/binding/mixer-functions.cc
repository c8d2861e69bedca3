// The operations of mixers as functions of JavaScript.
#include <cstdint>

#include "call.h"

namespace hyena {
namespace {

void check_groups(const Call& call, int64_t channels, int64_t groups) {
  if (groups < 1 || channels % groups != 0) call.refuse("'channels' must be a multiple of 'groups'");
}

GroupedConvolutionShape grouped_shape(const Call& call) {
  const GroupedConvolutionShape s{call.size("channels"), call.size("groups"), call.size("batch"),
                                  call.size("lead"),     call.size("length"), call.size("taps"),
                                  call.boolean("presentLast")};
  check_groups(call, s.channels, s.groups);
  if (s.taps < 1) call.refuse("'taps' must be at least 1");
  return s;
}

napi_value grouped_convolution(Call& call) {
  const GroupedConvolutionShape s = grouped_shape(call);
  const float* u = call.floats("u", product(call, {s.channels, s.batch, s.lead + s.length}));
  const float* filter = call.floats("filter", product(call, {s.groups, s.taps}));
  const float* bias = call.floats_or_null("bias", product(call, {s.channels}));
  const float* skip = call.floats_or_null("skip", product(call, {s.channels}));
  float* y = call.floats("y", product(call, {s.channels, s.batch, s.length}));
  call.run([=](Runtime& runtime) { kernels().grouped_convolution(runtime, s, u, filter, bias, skip, y); });
  return nullptr;
}

napi_value grouped_convolution_backward(Call& call) {
  const GroupedConvolutionShape s = grouped_shape(call);
  const float* dy = call.floats("dy", product(call, {s.channels, s.batch, s.length}));
  const float* u = call.floats("u", product(call, {s.channels, s.batch, s.lead + s.length}));
  const float* filter = call.floats("filter", product(call, {s.groups, s.taps}));
  const float* skip = call.floats_or_null("skip", product(call, {s.channels}));
  const GroupedConvolutionGradients gradients{
      call.floats("du", product(call, {s.channels, s.batch, s.lead + s.length})),
      call.floats("dFilter", product(call, {s.groups, s.taps})), call.floats_or_null("dBias", s.channels),
      call.floats_or_null("dSkip", s.channels)};
  call.run([=](Runtime& runtime) {
    kernels().grouped_convolution_backward(runtime, s, dy, u, filter, skip, gradients);
  });
  return nullptr;
}

napi_value modal_filter(Call& call) {
  const ModalShape s{call.size("groups"), call.size("modes"), call.size("length")};
  const float* poles = call.floats("poles", product(call, {s.groups, s.modes, 4}));
  const float* residues = call.floats("residues", product(call, {s.groups, s.modes, 2}));
  float* h = call.floats("h", product(call, {s.groups, s.length}));
  call.run([=](Runtime& runtime) { kernels().modal_filter(runtime, s, poles, residues, h); });
  return nullptr;
}

napi_value modal_filter_backward(Call& call) {
  const ModalShape s{call.size("groups"), call.size("modes"), call.size("length")};
  const float* dh = call.floats("dh", product(call, {s.groups, s.length}));
  const float* poles = call.floats("poles", product(call, {s.groups, s.modes, 4}));
  const float* residues = call.floats("residues", product(call, {s.groups, s.modes, 2}));
  float* dpoles = call.floats("dPoles", product(call, {s.groups, s.modes, 4}));
  float* dresidues = call.floats("dResidues", product(call, {s.groups, s.modes, 2}));
  call.run([=](Runtime& runtime) {
    kernels().modal_filter_backward(runtime, s, dh, poles, residues, dpoles, dresidues);
  });
  return nullptr;
}

napi_value modal_scan(Call& call) {
  const ModalScanShape s{call.size("channels"), call.size("groups"), call.size("modes"), call.size("batch"),
                         call.size("length")};
  check_groups(call, s.channels, s.groups);
  const float* u = call.floats("u", product(call, {s.channels, s.batch, s.length}));
  const float* poles = call.floats("poles", product(call, {s.groups, s.modes, 4}));
  const float* residues = call.floats("residues", product(call, {s.groups, s.modes, 2}));
  const float* skip = call.floats("skip", product(call, {s.groups}));
  const float* before = call.floats_or_null("before", product(call, {s.channels, s.batch, s.modes, 4}));
  float* y = call.floats("y", product(call, {s.channels, s.batch, s.length}));
  float* after = call.floats("after", product(call, {s.channels, s.batch, s.modes, 4}));
  call.run([=](Runtime& runtime) {
    kernels().modal_scan(runtime, s, u, poles, residues, skip, before, y, after);
  });
  return nullptr;
}

WkvShape wkv_shape(const Call& call) { return {call.size("batch"), call.size("length"), call.size("width")}; }

WkvInputs wkv_inputs(const Call& call, const WkvShape& s) {
  const int64_t all = product(call, {s.batch, s.length, s.width});
  return {call.floats("k", all), call.floats("v", all), call.floats("rate", s.width), call.floats("bonus", s.width)};
}

napi_value wkv(Call& call) {
  const WkvShape s = wkv_shape(call);
  const WkvInputs in = wkv_inputs(call, s);
  const int64_t state = product(call, {3, s.batch, s.width});
  const float* before = call.floats_or_null("before", state);
  float* y = call.floats("y", product(call, {s.batch, s.length, s.width}));
  float* after = call.floats("after", state);
  call.run([=](Runtime& runtime) { kernels().wkv(runtime, s, in, before, y, after); });
  return nullptr;
}

napi_value wkv_backward(Call& call) {
  const WkvShape s = wkv_shape(call);
  const WkvInputs in = wkv_inputs(call, s);
  const int64_t all = product(call, {s.batch, s.length, s.width});
  const float* dy = call.floats("dy", all);
  const WkvGradients gradients{call.floats("dK", all), call.floats("dV", all), call.floats("dRate", s.width),
                               call.floats("dBonus", s.width)};
  call.run([=](Runtime& runtime) { kernels().wkv_backward(runtime, s, in, dy, gradients); });
  return nullptr;
}

}  // namespace

std::vector<Function> mixer_functions() {
  return {
      {"groupedConvolution",
       grouped_convolution,
       {"bias", "y", "channels", "groups", "batch", "lead", "length", "taps", "presentLast", "u", "filter", "skip"}},
      {"groupedConvolutionBackward",
       grouped_convolution_backward,
       {"dy", "du", "dFilter", "dBias", "dSkip", "channels", "groups", "batch", "lead", "length", "taps", "presentLast",
        "u", "filter", "skip"}},
      {"modalFilter", modal_filter, {"h", "groups", "modes", "length", "poles", "residues"}},
      {"modalFilterBackward",
       modal_filter_backward,
       {"dh", "dPoles", "dResidues", "groups", "modes", "length", "poles", "residues"}},
      {"modalScan",
       modal_scan,
       {"channels", "batch", "u", "skip", "y", "before", "after", "groups", "modes", "length", "poles", "residues"}},
      {"wkv", wkv, {"batch", "length", "width", "k", "v", "rate", "bonus", "before", "y", "after"}},
      {"wkvBackward",
       wkv_backward,
       {"batch", "length", "width", "k", "v", "rate", "bonus", "dy", "dK", "dV", "dRate", "dBonus"}},
  };
}

}  // namespace hyena
