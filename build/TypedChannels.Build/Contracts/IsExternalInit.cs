namespace System.Runtime.CompilerServices;

/// <summary>What the compiler needs for records and <c>init</c>, and netstandard2.0 lacks.</summary>
internal static class IsExternalInit;
