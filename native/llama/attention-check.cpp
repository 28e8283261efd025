// Compares the backend's attention with the formula, computed in double precision, on random shapes: attention-check BACKEND.so [CASES] [SEED]
// Prints one line; exit code 1 with the shape where they differ.
#include "ggml-backend.h"
#include "ggml-alloc.h"
#include "ggml.h"

#include <dlfcn.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

struct shape {
    int head_size, value_size, tokens, keys, key_heads, group, streams, threads;
    ggml_type type;
};

static std::mt19937 chance;

static int pick(std::initializer_list<int> of) { return of.begin()[chance() % of.size()]; }

static shape random_shape() {
    shape s;
    s.head_size = pick({32, 64, 80, 96, 128, 256});
    s.value_size = chance() % 4 ? s.head_size : pick({32, 64, 128});
    s.tokens = pick({1, 1, 2, 3, 7, 8, 16, 33, 64, 65, 130});
    s.keys = pick({64, 100, 256, 512, 777, 1024});
    s.key_heads = pick({1, 2, 3, 8});
    s.group = pick({1, 2, 4, 7, 8});
    s.streams = pick({1, 1, 1, 2, 3});
    s.threads = pick({1, 2, 3, 4});
    s.type = chance() % 4 ? GGML_TYPE_F16 : GGML_TYPE_F32;
    return s;
}

static std::vector<float> normal(size_t n, float spread) {
    std::normal_distribution<float> of(0.0f, spread);
    std::vector<float> values(n);
    for (auto & value : values) {
        value = of(chance);
    }
    return values;
}

// What the tensor then holds: rounded to its type.
static std::vector<float> fill(ggml_tensor * t, std::vector<float> values) {
    if (t->type == GGML_TYPE_F32) {
        ggml_backend_tensor_set(t, values.data(), 0, values.size() * sizeof(float));
        return values;
    }
    std::vector<ggml_fp16_t> half(values.size());
    ggml_fp32_to_fp16_row(values.data(), half.data(), (int64_t) values.size());
    ggml_backend_tensor_set(t, half.data(), 0, half.size() * sizeof(ggml_fp16_t));
    ggml_fp16_to_fp32_row(half.data(), values.data(), (int64_t) values.size());
    return values;
}

// Agents as the engine has them: a beginning that all see, then stretches that only some tokens see; some tokens see a few keys only.
static std::vector<float> random_mask(const shape & s) {
    std::vector<float> mask((size_t) s.streams * s.tokens * s.keys, -INFINITY);
    for (int row = 0; row < s.streams * s.tokens; row++) {
        float * keys = mask.data() + (size_t) row * s.keys;
        const int shared = chance() % 3 ? (int) (chance() % s.keys) : 0;
        const int from = (int) (chance() % s.keys);
        const int to = from + 1 + (int) (chance() % (s.keys - from));
        for (int key = 0; key < s.keys; key++) {
            if (key < shared || (key >= from && key < to)) {
                keys[key] = chance() % 16 ? 0.0f : -1.5f;
            }
        }
    }
    return mask;
}

// One row by the formula: softmax(q k / sqrt(n) + mask) v.
static std::vector<double> row_by_formula(const shape & s, const std::vector<float> & q, const std::vector<float> & k, const std::vector<float> & v,
                                          const std::vector<float> & mask, int stream, int head, int token) {
    const int key_head = head / s.group;
    const float * query = q.data() + (((size_t) stream * s.key_heads * s.group + head) * s.tokens + token) * s.head_size;
    std::vector<double> scores(s.keys);
    double most = -INFINITY;
    for (int key = 0; key < s.keys; key++) {
        const float * of = k.data() + (((size_t) stream * s.keys + key) * s.key_heads + key_head) * s.head_size;
        double score = 0;
        for (int d = 0; d < s.head_size; d++) {
            score += (double) query[d] * of[d];
        }
        scores[key] = score / std::sqrt((double) s.head_size) + mask[((size_t) stream * s.tokens + token) * s.keys + key];
        most = std::fmax(most, scores[key]);
    }
    std::vector<double> out(s.value_size);
    double sum = 0;
    for (int key = 0; key < s.keys; key++) {
        const double weight = std::exp(scores[key] - most);
        const float * of = v.data() + (((size_t) stream * s.keys + key) * s.key_heads + key_head) * s.value_size;
        sum += weight;
        for (int d = 0; d < s.value_size; d++) {
            out[d] += weight * of[d];
        }
    }
    for (auto & value : out) {
        value /= sum;
    }
    return out;
}

static double difference(ggml_backend_t backend, void (*set_threads)(ggml_backend_t, int), const shape & s) {
    ggml_init_params memory = {ggml_tensor_overhead() * 16 + ggml_graph_overhead(), nullptr, true};
    ggml_context * context = ggml_init(memory);
    const int heads = s.key_heads * s.group;
    ggml_tensor * q = ggml_new_tensor_4d(context, GGML_TYPE_F32, s.head_size, s.tokens, heads, s.streams);
    // As llama.cpp's cache has them: all heads of a key beside each other.
    ggml_tensor * k = ggml_new_tensor_4d(context, s.type, s.head_size, s.key_heads, s.keys, s.streams);
    ggml_tensor * v = ggml_new_tensor_4d(context, s.type, s.value_size, s.key_heads, s.keys, s.streams);
    ggml_tensor * mask = ggml_new_tensor_4d(context, GGML_TYPE_F16, s.keys, s.tokens, 1, s.streams);
    ggml_tensor * out = ggml_flash_attn_ext(
        context, q, ggml_permute(context, k, 0, 2, 1, 3), ggml_permute(context, v, 0, 2, 1, 3), mask, 1.0f / std::sqrt((float) s.head_size), 0.0f, 0.0f);
    ggml_flash_attn_ext_set_prec(out, GGML_PREC_F32);
    ggml_cgraph * graph = ggml_new_graph(context);
    ggml_build_forward_expand(graph, out);
    ggml_backend_buffer_t buffer = ggml_backend_alloc_ctx_tensors(context, backend);

    const auto queries = fill(q, normal(ggml_nelements(q), 2.0f));
    const auto keys = fill(k, normal(ggml_nelements(k), 1.0f));
    const auto values = fill(v, normal(ggml_nelements(v), 1.0f));
    const auto masks = fill(mask, random_mask(s));
    set_threads(backend, s.threads);
    if (ggml_backend_graph_compute(backend, graph) != GGML_STATUS_SUCCESS) {
        fprintf(stderr, "the graph was not computed\n");
        exit(1);
    }
    std::vector<float> result(ggml_nelements(out));
    ggml_backend_tensor_get(out, result.data(), 0, result.size() * sizeof(float));

    double most = 0;
    for (int i = 0; i < 24; i++) {
        const int stream = (int) (chance() % s.streams), head = (int) (chance() % heads), token = (int) (chance() % s.tokens);
        const auto row = row_by_formula(s, queries, keys, values, masks, stream, head, token);
        const float * got = result.data() + (((size_t) stream * s.tokens + token) * heads + head) * s.value_size;
        for (int d = 0; d < s.value_size; d++) {
            const double apart = std::fabs(got[d] - row[d]);
            most = std::isnan(apart) ? INFINITY : std::fmax(most, apart);
        }
    }
    ggml_backend_buffer_free(buffer);
    ggml_free(context);
    return most;
}

int main(int count, char ** arguments) {
    const int cases = count > 2 ? atoi(arguments[2]) : 300;
    chance.seed(count > 3 ? (unsigned) atoi(arguments[3]) : 1u);
    void * library = count > 1 ? dlopen(arguments[1], RTLD_NOW) : nullptr;
    auto enter = library ? (ggml_backend_reg_t (*)()) dlsym(library, "ggml_backend_init") : nullptr;
    if (!enter) {
        fprintf(stderr, "usage: attention-check BACKEND.so [CASES] [SEED]. %s\n", count > 1 ? dlerror() : "");
        return 2;
    }
    ggml_backend_reg_t registry = enter();
    ggml_backend_t backend = ggml_backend_dev_init(ggml_backend_reg_dev_get(registry, 0), nullptr);
    auto set_threads = (void (*)(ggml_backend_t, int)) ggml_backend_reg_get_proc_address(registry, "ggml_backend_set_n_threads");
    double most = 0;
    for (int i = 0; i < cases; i++) {
        const shape s = random_shape();
        // Fewer than four rows are left to llama.cpp's kernel, which sums values in half precision.
        const bool ours = s.tokens * s.group >= 4;
        const double apart = difference(backend, set_threads, s);
        if (!(apart <= (ours ? 1e-4 : 2e-2))) {
            printf("case %d differs by %g: head %d value %d tokens %d keys %d key heads %d group %d streams %d threads %d %s\n", i, apart, s.head_size, s.value_size,
                s.tokens, s.keys, s.key_heads, s.group, s.streams, s.threads, ggml_type_name(s.type));
            return 1;
        }
        most = ours ? std::fmax(most, apart) : most;
    }
    printf("attention as the formula has it in %d random cases; largest difference %.2g\n", cases, most);
    ggml_backend_free(backend);
    return 0;
}
