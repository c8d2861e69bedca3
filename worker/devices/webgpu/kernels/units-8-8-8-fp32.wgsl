enable chromium_experimental_subgroup_matrix;
// Matrix units of 8 × 8 by 8 × 8, fp32 (Apple).
const unit_m = 8u;
const unit_n = 8u;
const unit_k = 8u;
alias Left = subgroup_matrix_left<f32, 8, 8>;
alias Right = subgroup_matrix_right<f32, 8, 8>;
alias Sums = subgroup_matrix_result<f32, 8, 8>;
