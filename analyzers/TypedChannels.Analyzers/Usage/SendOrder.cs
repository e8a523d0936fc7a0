using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedChannels.Analyzers;

/// <summary>Tells whether a change comes after a send on every way through their function.</summary>
internal static class SendOrder
{
    public static bool Is(IOperation send, IOperation change, IOperation function)
    {
        // A jump back makes a loop of anything.
        if (function.Descendants().OfType<IBranchOperation>().Any(b => b.BranchKind == BranchKind.GoTo))
            return false;
        var around = new HashSet<IOperation>(Ancestors(change));
        var block = Block(send);
        while (block is not null && !around.Contains(block))
        {
            switch (block.Parent)
            {
                case ILoopOperation loop when loop.Body == block && !block.Descendants().Any(IsExit):
                    block = Block(loop);
                    break;
                case ITryOperation attempt when attempt.Body == block && attempt.Finally is { } last && around.Contains(last):
                    return true;
                // A failure may come before the send.
                case ITryOperation attempt when attempt.Body == block && !attempt.Catches.Any(around.Contains)
                    && !block.Descendants().Any(o => IsExit(o) || o is IBranchOperation):
                    block = Block(attempt);
                    break;
                default:
                    return false;
            }
        }
        return block is not null;
    }

    public static IEnumerable<IOperation> Ancestors(IOperation operation)
    {
        for (var ancestor = operation.Parent; ancestor is not null; ancestor = ancestor.Parent)
            yield return ancestor;
    }

    private static bool IsExit(IOperation operation) => operation is IReturnOperation or IThrowOperation;

    // The branch of an `if` without braces is a block too.
    private static IOperation? Block(IOperation operation) => Ancestors(operation).FirstOrDefault(
        a => a is IBlockOperation or ISwitchCaseOperation || (a.Parent is IConditionalOperation choice && choice.Condition != a));
}
