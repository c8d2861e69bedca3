// Numbers as sums of two fp32 ones, (high, low): 48 bits, for poles that are raised to powers of thousands. The shader that
// follows declares `sizes.zero`, which is 0: no compiler knows that, so that none simplifies what is exact only as it stands.
fn exactly(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) ^ sizes.zero);
}

// a + b and what its rounding took (Knuth).
fn sum_exactly(a: f32, b: f32) -> vec2f {
  let sum = exactly(a + b);
  let added = exactly(sum - a);
  return vec2f(sum, exactly(a - exactly(sum - added)) + exactly(b - added));
}

fn leading_bits(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) & 0xfffff000u);
}

// a·b and what its rounding took (Dekker): products of 12 bits are exact.
fn product_exactly(a: f32, b: f32) -> vec2f {
  let product = exactly(a * b);
  let a_high = leading_bits(a);
  let b_high = leading_bits(b);
  let a_low = exactly(a - a_high);
  let b_low = exactly(b - b_high);
  let crossed = exactly(a_high * b_low) + exactly(a_low * b_high);
  return vec2f(product, exactly(exactly(a_high * b_high) - product) + crossed + exactly(a_low * b_low));
}

fn add_doubles(a: vec2f, b: vec2f) -> vec2f {
  let sum = sum_exactly(a.x, b.x);
  return sum_exactly(sum.x, sum.y + (a.y + b.y));
}

fn multiply_doubles(a: vec2f, b: vec2f) -> vec2f {
  let product = product_exactly(a.x, b.x);
  return sum_exactly(product.x, product.y + (a.x * b.y + a.y * b.x));
}

// Complex numbers as (re, im, low part of re, low part of im).
fn multiply_complex(a: vec4f, b: vec4f) -> vec4f {
  let re = add_doubles(multiply_doubles(a.xz, b.xz), -multiply_doubles(a.yw, b.yw));
  let im = add_doubles(multiply_doubles(a.xz, b.yw), multiply_doubles(a.yw, b.xz));
  return vec4f(re.x, im.x, re.y, im.y);
}
