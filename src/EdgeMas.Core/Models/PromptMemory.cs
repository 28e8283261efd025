namespace EdgeMas.Core.Models;

/// <summary>What of an earlier prompt a later one need not compute again.</summary>
public enum PromptMemory
{
    /// <summary>Any common beginning, of any agent.</summary>
    Shared,

    /// <summary>Any common beginning that is still whole: the model looks back through a window, and what lies behind it may be overwritten where memory is short.</summary>
    Window,

    /// <summary>Only a prompt that continues an earlier one and its output: a recurrent state stands for all tokens before it and cannot be cut.</summary>
    Continued,
}
