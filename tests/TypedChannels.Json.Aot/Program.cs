// What TypedChannels.Json.Tests asks in JIT, asked by a native program: xunit has no runner for one.
using System.Diagnostics;
using TypedChannels.Json.Aot;
using TypedChannels.Json.Tests.Oracle;

var watch = Stopwatch.StartNew();
var comparison = new Comparison();
foreach (var type in Cases.All)
    comparison.Compare(type);
foreach (var type in CodecCase.All)
    comparison.Compare(type);
Console.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s");
Console.WriteLine($"compared: {comparison}");
return comparison.Differences == 0 ? 0 : 1;
