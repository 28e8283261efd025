using EdgeMas.Core.Bus;

namespace EdgeMas.Core.Mailbox;

/// <summary>A bounded first-in-first-out line of deliveries. It begins small and grows to its capacity, then allocates no more. Its owner locks.</summary>
internal sealed class DeliveryRing
{
    private const int FirstSize = 16;

    private readonly int _capacity;
    private Delivery[] _items;
    private int _first;

    internal DeliveryRing(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _items = new Delivery[Math.Min(capacity, FirstSize)];
    }

    internal int Count { get; private set; }

    internal bool IsFull => Count == _capacity;

    /// <summary>Appends to the line, which must not be full.</summary>
    internal void Add(in Delivery delivery)
    {
        if (Count == _items.Length)
            Grow();
        _items[At(Count)] = delivery;
        Count++;
    }

    internal bool TryTake(out Delivery delivery)
    {
        if (Count == 0)
        {
            delivery = default;
            return false;
        }
        delivery = _items[_first];
        _items[_first] = default;
        _first = At(1);
        Count--;
        return true;
    }

    /// <summary>Removes the oldest that was sent at most once, or where there is none the oldest of all.</summary>
    internal void DropOne()
    {
        var victim = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_items[At(i)].Qos == Qos.AtMostOnce)
            {
                victim = i;
                break;
            }
        }
        RemoveAt(victim);
    }

    internal bool Remove(string messageId)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_items[At(i)].Message.Id == messageId)
            {
                RemoveAt(i);
                return true;
            }
        }
        return false;
    }

    private void RemoveAt(int offset)
    {
        for (var i = offset; i > 0; i--)
            _items[At(i)] = _items[At(i - 1)];
        TryTake(out _);
    }

    private int At(int offset)
    {
        var index = _first + offset;
        return index < _items.Length ? index : index - _items.Length;
    }

    private void Grow()
    {
        var larger = new Delivery[Math.Min(_capacity, _items.Length * 2)];
        for (var i = 0; i < Count; i++)
            larger[i] = _items[At(i)];
        _items = larger;
        _first = 0;
    }
}
