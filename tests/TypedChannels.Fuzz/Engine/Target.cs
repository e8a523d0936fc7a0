namespace TypedChannels.Fuzz.Engine;

/// <summary>Something that takes bytes, with what must be true whatever they are.</summary>
internal abstract class Target
{
    public abstract string Name { get; }

    /// <summary>No input is made longer.</summary>
    public virtual int MaxInputBytes => 4096;

    /// <summary>Gives the input to what is tested. The same input always takes the same way: chance comes from its own hash.</summary>
    /// <returns>What came of it, coarse enough that there are hundreds of outcomes and not millions.</returns>
    /// <exception cref="Exception">An invariant does not hold, or the product threw what it must not.</exception>
    public abstract string Run(byte[] input);

    /// <summary>Changes an input in one place, by what the target knows of its form.</summary>
    /// <param name="input">The input, which is left as it is.</param>
    /// <param name="other">A further input, to take parts from.</param>
    /// <param name="dice">Chance.</param>
    public abstract byte[] Mutate(byte[] input, byte[] other, Dice dice);
}
