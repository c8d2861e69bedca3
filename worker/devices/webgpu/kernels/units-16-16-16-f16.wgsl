enable f16;
enable chromium_experimental_subgroup_matrix;
// Matrix units of 16 × 16 by 16 × 16, f16 with sums in fp32 (NVIDIA, AMD).
const unit_m = 16u;
const unit_n = 16u;
const unit_k = 16u;
alias Left = subgroup_matrix_left<f16, 16, 16>;
alias Right = subgroup_matrix_right<f16, 16, 16>;
alias Sums = subgroup_matrix_result<f32, 16, 16>;
