using CsCheck;

namespace TypedChannels.Tests.Server;

/// <summary>
/// Random connects, messages, ends of every kind, stops and starts, several at once, against a real server and a model of it.
/// What fails is printed with its seed and made smaller.
/// </summary>
public class PopulationModelTests
{
    private const int Slots = 6;

    private static readonly Gen<(Population.Kind Kind, int Slot)> Operation = Gen.Select(
        Gen.Frequency(
            (8, Gen.Const(Population.Kind.Join)),
            (3, Gen.Const(Population.Kind.Say)),
            (3, Gen.Const(Population.Kind.Send)),
            (1, Gen.Const(Population.Kind.Leave)),
            (2, Gen.Const(Population.Kind.SayAndLeave)),
            (2, Gen.Const(Population.Kind.SayAndKill)),
            (2, Gen.Const(Population.Kind.Disconnect)),
            (3, Gen.Const(Population.Kind.Emit)),
            (1, Gen.Const(Population.Kind.StopOrStart))),
        Gen.Int[0, Slots - 1]);

    private static readonly Gen<(Population.Kind Kind, int Slot)[][]> Lives = Operation.Array[1, Slots].Array[1, 15];

    [Fact]
    public async Task Who_is_there_and_what_is_heard_is_what_the_model_says_at_every_step() => await Lives.SampleAsync(
        async steps =>
        {
            await using var population = await Population.StartAsync();
            foreach (var operations in steps)
                await population.StepAsync(operations);
        },
        iter: 60,
        threads: 1,
        print: steps => string.Join(" | ", steps.Select(step => string.Join(' ', step.Select(operation => $"{operation.Kind}{operation.Slot}")))));
}
