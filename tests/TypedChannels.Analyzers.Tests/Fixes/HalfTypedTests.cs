using Microsoft.CodeAnalysis;

namespace TypedChannels.Analyzers.Tests.Fixes;

/// <summary>Sources as they are while somebody types: no fix may throw, and none goes on for ever.</summary>
public class HalfTypedTests
{
    [Theory]
    [InlineData("OnChat += (c, m) => { Thread.Sleep(1); return ; };")]
    [InlineData("OnChat += (c, m) => { Thread.Sleep(1); if (m.Text == \"\") return ; else return")]
    [InlineData("OnChat += (c, m) => { Thread.Sleep(1); return default")]
    [InlineData("OnChat += (c, m) => { Thread.Sleep(); return default; };")]
    [InlineData("OnChat += (c, m) => { Thread.Sleep(1 return new(; };")]
    [InlineData("OnChat += (c, m) => { Task.WaitAll(; return default; };")]
    [InlineData("OnChat += (c, m) => { c.SendChatAsync(m); switch (1) { case 1: return; default: return }")]
    [InlineData("OnChat += (c, m) => { (c.SendChatAsync(m)).; return m. };")]
    [InlineData("OnConnect += c => { c.SendChatAsync(new(\"a\")); foreach (var x in ) return default; };")]
    public async Task No_fix_throws(string typed)
    {
        using var editor = new Editor();
        var project = editor.Add("App", OutputKind.DynamicallyLinkedLibrary, [("App.cs", $$"""
            using System.Threading;
            using System.Threading.Tasks;
            using TypedChannels;
            [Channel("chat")] public sealed record Chat(string Text);
            public sealed class P;
            [ChannelServer<P>]
            public sealed partial class TheServer
            {
                protected override void OnStarting()
                {
                    {{typed}}
                }
            }
            """)]);
        foreach (var diagnostic in await Editor.AnalyzeAsync(project))
        {
            foreach (var fix in await Editor.FixesAsync(project, diagnostic))
                Assert.NotSame(project.Solution, await Editor.ApplyAsync(fix));
        }
    }
}
