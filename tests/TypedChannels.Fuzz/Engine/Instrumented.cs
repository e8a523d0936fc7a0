using System.Reflection;
using System.Runtime.Loader;
using SharpFuzz;

namespace TypedChannels.Fuzz.Engine;

/// <summary>
/// Runs this program again inside its process, in a copy whose product code counts its branches: that is what lets a fuzzer see that an
/// input went somewhere new. The copy is made afresh each time; nothing is left behind.
/// </summary>
internal static class Instrumented
{
    private static readonly string[] Product = ["TypedChannels.Core.dll", "TypedChannels.dll"];

    public static int Run(string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("typedchannels-fuzz-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "TypedChannels*"))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            foreach (var assembly in Product)
                Instrument(Path.Combine(folder, assembly), _ => true);
            // Of this program only what the generator wrote into it.
            var self = Path.Combine(folder, typeof(Instrumented).Assembly.GetName().Name + ".dll");
            Instrument(self, name => name.Contains("ChannelJsonContext", StringComparison.Ordinal));
            var copy = new Copy(folder).LoadFromAssemblyPath(self);
            var main = copy.GetType(typeof(Session).FullName!)!.GetMethod(nameof(Session.Run))!;
            return (int)main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments, true], null)!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Instrument(string path, Func<string, bool> which)
    {
        var count = Fuzzer.Instrument(path, which, Options.Value).Count();
        Invariant.Holds(count > 0, $"Nothing in {path} was instrumented.");
    }

    private sealed class Copy(string folder) : AssemblyLoadContext("instrumented")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
