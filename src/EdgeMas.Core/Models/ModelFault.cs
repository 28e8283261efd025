namespace EdgeMas.Core.Models;

/// <summary>Whose mistake a <see cref="ModelException"/> is.</summary>
public enum ModelFault
{
    /// <summary>The model cannot be loaded, or failed while computing.</summary>
    Model,

    /// <summary>The request cannot be served as it is: too long, contradictory, of an ability that is not there. Asking again will not help.</summary>
    Request,

    /// <summary>Too much is asked for just now. Asking again later may help.</summary>
    Busy,
}
