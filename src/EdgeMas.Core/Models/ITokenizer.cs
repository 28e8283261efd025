namespace EdgeMas.Core.Models;

/// <summary>A model's vocabulary: what each token writes, and how the model's maker would cut a text into tokens. Any thread.</summary>
public interface ITokenizer
{
    int VocabularySize { get; }

    /// <summary>What a token adds to the output: UTF-8, perhaps a part of a character; empty for control tokens.</summary>
    /// <param name="token">0 to <see cref="VocabularySize"/> − 1.</param>
    ReadOnlyMemory<byte> TokenBytes(int token);

    /// <summary>The tokens of a text in the middle of an output: none for its beginning or end is added, and names of control tokens are plain text.</summary>
    int[] Tokenize(string text);
}
