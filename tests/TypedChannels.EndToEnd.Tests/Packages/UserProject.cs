namespace TypedChannels.Tests.Packages;

/// <summary>A user's project file, as short as it can be.</summary>
internal static class UserProject
{
    public static async Task WriteAsync(string folder, string name, string package, string version, string properties = "", string references = "")
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(
            Path.Combine(folder, $"{name}.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{version}" />
                {references}
              </ItemGroup>
            </Project>
            """,
            TestContext.Current.CancellationToken);
    }
}
