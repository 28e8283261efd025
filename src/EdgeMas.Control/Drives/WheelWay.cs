namespace EdgeMas.Control.Drives;

/// <summary>What a base's wheels rolled in one interval, as two wheels would have: metres of the left and right side, and of the whole base to the left.</summary>
internal readonly record struct WheelWay(double Left, double Right, double Aside);
