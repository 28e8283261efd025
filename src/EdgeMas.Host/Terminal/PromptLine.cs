using System.Text;

namespace EdgeMas.Host.Terminal;

/// <summary>The line that a person types on: letters, backspace, word erase, history. One thread writes; others read <see cref="Text"/>.</summary>
internal sealed class PromptLine
{
    private const int MaxCharacters = 1000;
    private const int MaxHistory = 50;

    private readonly StringBuilder _text = new();
    private readonly List<string> _history = [];
    private int _at;

    public string Text { get; private set; } = "";

    /// <returns>The whole line when it was ended; null otherwise.</returns>
    public string? Take(ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { Key: ConsoleKey.Enter }: return End();
            case { Key: ConsoleKey.Backspace } when _text.Length > 0: _text.Length--; break;
            case { Key: ConsoleKey.UpArrow }: Recall(_at - 1); break;
            case { Key: ConsoleKey.DownArrow }: Recall(_at + 1); break;
            case { Key: ConsoleKey.Escape } or { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }: _text.Clear(); break;
            case { Key: ConsoleKey.W, Modifiers: ConsoleModifiers.Control }: EraseWord(); break;
            default:
                if (!char.IsControl(key.KeyChar) && _text.Length < MaxCharacters)
                    _text.Append(key.KeyChar);
                break;
        }
        Text = _text.ToString();
        return null;
    }

    private string? End()
    {
        var line = _text.ToString().Trim();
        _text.Clear();
        Text = "";
        if (line.Length == 0)
            return null;
        if (_history.Count == MaxHistory)
            _history.RemoveAt(0);
        _history.Add(line);
        _at = _history.Count;
        return line;
    }

    private void EraseWord()
    {
        var end = _text.ToString().TrimEnd().LastIndexOf(' ');
        _text.Length = end + 1;
    }

    private void Recall(int index)
    {
        _at = Math.Clamp(index, 0, _history.Count);
        _text.Clear();
        if (_at < _history.Count)
            _text.Append(_history[_at]);
    }
}
