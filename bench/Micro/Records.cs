namespace TypedChannels.Micro;

[Channel("chat")]
public sealed record ChatMessage(string User, string Text);

[Channel("note")]
public sealed record Note(string Text);

/// <summary>Twenty members, with records and lists of records in it.</summary>
[Channel("order")]
public sealed record Order(
    Guid Id, long Number, string Currency, OrderStatus Status, DateTimeOffset PlacedAt, DateTimeOffset? ShippedAt, Customer Customer,
    Address Billing, Address? Shipping, IReadOnlyList<OrderLine> Lines, List<string> Tags, Dictionary<string, string> Attributes,
    decimal Subtotal, decimal Tax, decimal Total, double Weight, int Priority, bool IsGift, string? Note, int[] Warehouses);

public sealed record Customer(long Id, string Name, string Email);

public sealed record Address(string Street, string City, string Zip, string Country);

public sealed record OrderLine(string Sku, string Name, int Quantity, decimal Price, IReadOnlyList<string> Options);

public enum OrderStatus
{
    Placed,
    Paid,
    Shipped,
}

/// <summary>What is measured.</summary>
internal static class Values
{
    public static readonly ChatMessage Chat = new("alice", "Hello everyone, is anybody there?");

    public static readonly Note Note = new(string.Concat(Enumerable.Repeat("0123456789abcdef", 640)));

    public static readonly Order Order = new(
        new("00112233-4455-6677-8899-aabbccddeeff"), 123_456, "EUR", OrderStatus.Paid, new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero), null,
        new(42, "Alice Liddell", "alice@example.org"), new("1 River Lane", "Oxford", "OX1 1AA", "GB"), null,
        [.. Enumerable.Range(1, 10).Select(Line)], ["new", "priority"], new() { ["source"] = "web", ["campaign"] = "spring" },
        199.90m, 39.98m, 239.88m, 12.5, 1, false, "Leave it at the door", [1, 7, 12]);

    private static OrderLine Line(int number) =>
        new("SKU-" + number, "Article number " + number, number, 9.95m * number, number % 2 == 0 ? ["red", "large"] : []);
}
