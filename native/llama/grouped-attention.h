// Attention of several tokens and heads over one walk through the keys and values.
//
// llama.cpp's own kernel for a processor takes up to 63 tokens one by one and head by head: each walks over all keys anew, one dot product at a time. In models whose
// query heads share keys (grouped-query attention), and where agents share a beginning, the same keys serve many rows. Here the rows of a head group (tokens x heads)
// form one tile; each tile of 64 keys is unpacked once and multiplied with all rows that may see it, with the running maximum of Milakov and Gimelshein 2018
// (arXiv:1805.02867) as in FlashAttention (arXiv:2205.14135). Where there are fewer tiles than threads the keys are cut into pieces, whose parts are joined at the end.
//
// Included at the end of ggml-cpu/ops.cpp's translation unit: uses ggml's own vector macros and simd_gemm, so every processor variant has it.

#if defined(GGML_SIMD) && !defined(__ARM_FEATURE_SVE) && !defined(__riscv_v_intrinsic)

namespace edgemas {

constexpr int64_t KEYS = 64;  // keys of a tile
constexpr int64_t ROWS = 128; // rows of a tile, at most: scores and outputs stay in the second-level cache
constexpr int64_t BLOCK = 4;  // simd_gemm works on blocks of rows; the rest of the last block is zero

struct attention {
    const ggml_tensor * q;
    const ggml_tensor * k;
    const ggml_tensor * v;
    const ggml_tensor * mask;
    ggml_tensor * dst;
    int64_t dk, dv;
    int64_t tokens, group, rows; // rows of a head group: token by token, within it head by head
    int64_t keys;
    int64_t streams, heads;      // heads of keys
    int64_t row_tiles, pieces, tiles_a_piece;
    float scale;

    int64_t items() const { return streams * heads * row_tiles * pieces; }
    int64_t row_floats() const { return 2 + dv; } // maximum, sum, output
};

struct attention_scratch {
    float q[(ROWS + BLOCK) * 256];
    float scores[(ROWS + BLOCK) * KEYS];
    float mask[ROWS * KEYS];
    float out[(ROWS + BLOCK) * 256];
    float k[256 * KEYS];
    float v[KEYS * 256];
    float row[256];
    float maximum[ROWS];
    float sum[ROWS];
};

static bool attention_of(const ggml_compute_params * params, ggml_tensor * dst, attention & a) {
    a.q = dst->src[0];
    a.k = dst->src[1];
    a.v = dst->src[2];
    a.mask = dst->src[3];
    a.dst = dst;
    float max_bias, softcap;
    memcpy(&a.scale, (const float *) dst->op_params + 0, sizeof(float));
    memcpy(&max_bias, (const float *) dst->op_params + 1, sizeof(float));
    memcpy(&softcap, (const float *) dst->op_params + 2, sizeof(float));
    a.dk = a.q->ne[0];
    a.dv = a.v->ne[0];
    a.tokens = a.q->ne[1];
    a.heads = a.k->ne[2];
    a.streams = a.q->ne[3];
    a.keys = a.k->ne[1];
    a.group = a.heads > 0 ? a.q->ne[2] / a.heads : 0;
    a.rows = a.tokens * a.group;
    return !params->use_ref && a.mask && a.mask->type == GGML_TYPE_F16 && a.mask->ne[0] >= a.keys && a.mask->ne[2] == 1 && !dst->src[4] && max_bias == 0.0f && softcap == 0.0f
        && a.q->type == GGML_TYPE_F32 && (a.k->type == GGML_TYPE_F16 || a.k->type == GGML_TYPE_F32) && a.v->type == a.k->type
        && a.q->nb[0] == sizeof(float) && a.k->nb[0] == ggml_type_size(a.k->type) && a.v->nb[0] == ggml_type_size(a.v->type)
        && a.dk <= 256 && a.dv <= 256 && a.dk % GGML_F32_EPR == 0 && a.dv % GGML_F32_EPR == 0
        && a.q->ne[2] % a.heads == 0 && a.v->ne[2] == a.heads && a.k->ne[3] == a.streams && a.v->ne[3] == a.streams
        && a.rows >= BLOCK && a.keys >= KEYS;
}

static void unpack_row(const ggml_tensor * t, const char * from, float * to, int64_t n) {
    if (t->type == GGML_TYPE_F16) {
        ggml_cpu_fp16_to_fp32((const ggml_fp16_t *) from, to, n);
    } else {
        memcpy(to, from, n * sizeof(float));
    }
}

// The rows [row0, row1) of a head group over the keys [key0, key1): output not yet divided by the sum.
static void attend(const attention & a, attention_scratch & s, int64_t stream, int64_t head, int64_t row0, int64_t row1, int64_t key0, int64_t key1) {
    const int64_t rows = row1 - row0;
    const int64_t token0 = row0 / a.group;
    const int64_t token1 = (row1 - 1) / a.group + 1;
    for (int64_t r = 0; r < rows; r++) {
        const int64_t token = (row0 + r) / a.group;
        const int64_t query_head = head * a.group + (row0 + r) % a.group;
        const float * from = (const float *) ((const char *) a.q->data + token * a.q->nb[1] + query_head * a.q->nb[2] + stream * a.q->nb[3]);
        for (int64_t d = 0; d < a.dk; d++) {
            s.q[r * a.dk + d] = from[d] * a.scale;
        }
        s.maximum[r] = -INFINITY;
        s.sum[r] = 0.0f;
    }
    memset(s.q + rows * a.dk, 0, BLOCK * a.dk * sizeof(float));
    memset(s.out, 0, (rows + BLOCK) * a.dv * sizeof(float));

    for (int64_t key = key0; key < key1; key += KEYS) {
        const int64_t keys = MIN(KEYS, key1 - key);
        int64_t first = -1;
        int64_t last = -1;
        for (int64_t token = token0; token < token1; token++) {
            const char * from = (const char *) a.mask->data + token * a.mask->nb[1] + (stream % a.mask->ne[3]) * a.mask->nb[3];
            float * to = s.mask + (token - token0) * KEYS;
            ggml_cpu_fp16_to_fp32((const ggml_fp16_t *) from + key, to, keys);
            for (int64_t i = keys; i < KEYS; i++) {
                to[i] = -INFINITY;
            }
            float most = -INFINITY;
            ggml_vec_max_f32(KEYS, &most, to);
            if (most != -INFINITY) {
                first = first < 0 ? token : first;
                last = token;
            }
        }
        if (first < 0) {
            continue;
        }
        // Only the rows of tokens that may see some of these keys.
        const int64_t low = MAX(row0, first * a.group) - row0;
        const int64_t high = MIN(row1, (last + 1) * a.group) - row0;
        const int64_t padded = (high - low + BLOCK - 1) / BLOCK * BLOCK;

        for (int64_t i = 0; i < keys; i++) {
            const char * at = (const char *) a.k->data + (key + i) * a.k->nb[1] + head * a.k->nb[2] + stream * a.k->nb[3];
            unpack_row(a.k, at, s.row, a.dk);
            for (int64_t d = 0; d < a.dk; d++) {
                s.k[d * KEYS + i] = s.row[d];
            }
            unpack_row(a.v, (const char *) a.v->data + (key + i) * a.v->nb[1] + head * a.v->nb[2] + stream * a.v->nb[3], s.v + i * a.dv, a.dv);
        }
        if (keys < KEYS) {
            for (int64_t d = 0; d < a.dk; d++) {
                memset(s.k + d * KEYS + keys, 0, (KEYS - keys) * sizeof(float));
            }
            memset(s.v + keys * a.dv, 0, (KEYS - keys) * a.dv * sizeof(float));
        }

        memset(s.scores, 0, padded * KEYS * sizeof(float));
        simd_gemm(s.scores, s.q + low * a.dk, s.k, (int) padded, (int) a.dk, (int) KEYS);
        for (int64_t r = low; r < low + padded; r++) {
            float * scores = s.scores + (r - low) * KEYS;
            float most = -INFINITY;
            if (r < high) {
                ggml_vec_add_f32(KEYS, scores, scores, s.mask + ((row0 + r) / a.group - token0) * KEYS);
                ggml_vec_max_f32(KEYS, &most, scores);
            }
            if (most == -INFINITY) {
                memset(scores, 0, KEYS * sizeof(float));
                continue;
            }
            if (most > s.maximum[r]) {
                const float shrink = expf(s.maximum[r] - most);
                ggml_vec_scale_f32(a.dv, s.out + r * a.dv, shrink);
                s.sum[r] *= shrink;
                s.maximum[r] = most;
            }
            s.sum[r] += (float) ggml_vec_soft_max_f32(KEYS, scores, scores, s.maximum[r]);
        }
        simd_gemm(s.out + low * a.dv, s.scores, s.v, (int) padded, (int) KEYS, (int) a.dv);
    }
}

static float * output_row(const attention & a, int64_t stream, int64_t head, int64_t row) {
    const int64_t token = row / a.group;
    const int64_t query_head = head * a.group + row % a.group;
    return (float *) ((char *) a.dst->data + (stream * a.dst->ne[2] * a.dst->ne[1] + query_head + token * a.dst->ne[1]) * a.dst->nb[1]);
}

static void write_row(float * to, const float * from, float sum, int64_t n) {
    const float inverse = sum == 0.0f ? 0.0f : 1.0f / sum;
    for (int64_t d = 0; d < n; d++) {
        to[d] = from[d] * inverse;
    }
}

static void attend_item(const attention & a, attention_scratch & s, float * parts, int64_t item) {
    const int64_t piece = item % a.pieces;
    const int64_t tile = item / a.pieces;
    const int64_t row0 = tile % a.row_tiles * ROWS;
    const int64_t head = tile / a.row_tiles % a.heads;
    const int64_t stream = tile / a.row_tiles / a.heads;
    const int64_t row1 = MIN(row0 + ROWS, a.rows);
    const int64_t key0 = piece * a.tiles_a_piece * KEYS;
    const int64_t key1 = MIN(key0 + a.tiles_a_piece * KEYS, a.keys);
    attend(a, s, stream, head, row0, row1, key0, key1);
    for (int64_t r = 0; r < row1 - row0; r++) {
        if (a.pieces == 1) {
            write_row(output_row(a, stream, head, row0 + r), s.out + r * a.dv, s.sum[r], a.dv);
            continue;
        }
        float * part = parts + (((stream * a.heads + head) * a.rows + row0 + r) * a.pieces + piece) * a.row_floats();
        part[0] = s.maximum[r];
        part[1] = s.sum[r];
        memcpy(part + 2, s.out + r * a.dv, a.dv * sizeof(float));
    }
}

static void join_pieces(const attention & a, attention_scratch & s, const float * parts, int64_t row) {
    const float * part = parts + row * a.pieces * a.row_floats();
    float most = -INFINITY;
    for (int64_t p = 0; p < a.pieces; p++) {
        most = MAX(most, part[p * a.row_floats()]);
    }
    float sum = 0.0f;
    memset(s.out, 0, a.dv * sizeof(float));
    for (int64_t p = 0; p < a.pieces && most != -INFINITY; p++) {
        const float * from = part + p * a.row_floats();
        const float weight = expf(from[0] - most);
        sum += from[1] * weight;
        ggml_vec_mad_f32(a.dv, s.out, from + 2, weight);
    }
    write_row(output_row(a, row / a.rows / a.heads, row / a.rows % a.heads, row % a.rows), s.out, sum, a.dv);
}

// False where llama.cpp's own kernel has to do it.
static bool grouped_attention(const ggml_compute_params * params, ggml_tensor * dst) {
    attention a;
    if (!attention_of(params, dst, a)) {
        return false;
    }
    const int64_t threads = params->nth;
    const int64_t key_tiles = (a.keys + KEYS - 1) / KEYS;
    a.row_tiles = (a.rows + ROWS - 1) / ROWS;
    const int64_t tiles = a.streams * a.heads * a.row_tiles;
    const int64_t room = (int64_t) (params->wsize / sizeof(float)) / (a.streams * a.heads * a.rows * a.row_floats());
    a.pieces = threads == 1 || tiles >= 4 * threads ? 1 : MAX(1, MIN(MIN(key_tiles, room), (4 * threads + tiles - 1) / tiles));
    a.tiles_a_piece = (key_tiles + a.pieces - 1) / a.pieces;
    a.pieces = (key_tiles + a.tiles_a_piece - 1) / a.tiles_a_piece;

    static thread_local std::unique_ptr<attention_scratch> scratch;
    if (!scratch) {
        scratch.reset(new attention_scratch);
    }
    float * parts = (float *) params->wdata;
    if (params->ith == 0) {
        ggml_threadpool_chunk_set(params->threadpool, (int) threads);
    }
    ggml_barrier(params->threadpool);
    for (int64_t item = params->ith; item < a.items(); item = ggml_threadpool_chunk_add(params->threadpool, 1)) {
        attend_item(a, *scratch, parts, item);
    }
    if (a.pieces > 1) {
        ggml_barrier(params->threadpool);
        for (int64_t row = params->ith; row < a.streams * a.heads * a.rows; row += threads) {
            join_pieces(a, *scratch, parts, row);
        }
    }
    return true;
}

} // namespace edgemas

#else

namespace edgemas {
static bool grouped_attention(const ggml_compute_params *, ggml_tensor *) { return false; }
}

#endif
