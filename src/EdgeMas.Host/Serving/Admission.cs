namespace EdgeMas.Host.Serving;

/// <summary>Bounds the requests at work. Any thread.</summary>
internal sealed class Admission(ServingOptions options)
{
    private int _inside;

    public int Inside => Volatile.Read(ref _inside);

    /// <returns>A place, to be disposed at the end.</returns>
    /// <exception cref="ApiException">All places are taken.</exception>
    public Place Enter()
    {
        if (Interlocked.Increment(ref _inside) <= options.MaxRequests)
            return new Place(this);
        Interlocked.Decrement(ref _inside);
        throw new ApiException(StatusCodes.Status429TooManyRequests, "rate_limit_error", $"{options.MaxRequests} requests are at work already; ask again later, or ask less often", code: "too_many_requests");
    }

    public readonly struct Place(Admission admission) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref admission._inside);
    }
}
