namespace Chat;

/// <summary>What the server remembers of a connection.</summary>
public sealed class ChatProps
{
    /// <summary>What the others know this person by.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>What this person is called; <see langword="null"/> until they have said so, and are let in.</summary>
    public string? Name { get; set; }

    /// <summary>This person as the others see them; <see langword="null"/> until they are let in.</summary>
    public Person? Person => Name is null ? null : new Person(Id, Name);
}
