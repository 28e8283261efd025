namespace EdgeMas.Control.Sharing;

/// <summary>A struct that lies in memory which two processes map. It begins with a <see cref="RegionHeader"/>.</summary>
internal interface ISharedLayout
{
    static abstract ulong Magic { get; }

    /// <summary>Raised with every change of the layout.</summary>
    static abstract int Version { get; }

    /// <summary>What it is, for error messages.</summary>
    static abstract string Name { get; }
}
