// ggml-cpu/ops.cpp as it is, with one function put before one of its own.
#include <memory>

#define ggml_compute_forward_flash_attn_ext ggml_compute_forward_flash_attn_ext_of_ggml
#include "ops.cpp"
#undef ggml_compute_forward_flash_attn_ext

#include "grouped-attention.h"

extern "C" void ggml_compute_forward_flash_attn_ext(const ggml_compute_params * params, ggml_tensor * dst) {
    if (!edgemas::grouped_attention(params, dst)) {
        ggml_compute_forward_flash_attn_ext_of_ggml(params, dst);
    }
}
