enable f16;
enable chromium_experimental_subgroup_matrix;
// Matrix units of 8 × 8 by 8 × 8, f16 with sums in fp32 (Mesa's llvmpipe).
const unit_m = 8u;
const unit_n = 8u;
const unit_k = 8u;
alias Left = subgroup_matrix_left<f16, 8, 8>;
alias Right = subgroup_matrix_right<f16, 8, 8>;
alias Sums = subgroup_matrix_result<f32, 8, 8>;
