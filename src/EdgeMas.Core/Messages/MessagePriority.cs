namespace EdgeMas.Core.Messages;

/// <summary>Order in which waiting work is served; lower values first.</summary>
public enum MessagePriority
{
    Safety,
    Interactive,
    Background,
}
