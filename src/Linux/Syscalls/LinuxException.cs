namespace MiniDock.Linux;

/// <summary>
/// A system call failed. The message reads <c>operation subject: ERRNO (text) [detail]</c>; the advice for the user, where we
/// have one, is in <see cref="Hint"/> and is printed on a line of its own.
/// </summary>
public sealed class LinuxException : IOException
{
    /// <param name="operation">What was tried, in lower case: <c>mount</c>, <c>open</c>.</param>
    /// <param name="subject">What it was tried on: a path, an interface, a pid.</param>
    /// <param name="errno">The error number.</param>
    /// <param name="detail">Decoded arguments or the kernel's own explanation.</param>
    public LinuxException(string operation, string subject, Errno errno, string? detail = null)
        : base(Format(operation, subject, errno, detail), (int)errno)
    {
        Operation = operation;
        Subject = subject;
        Errno = errno;
        Detail = detail;
    }

    /// <summary>What was tried.</summary>
    public string Operation { get; }

    /// <summary>What it was tried on.</summary>
    public string Subject { get; }

    /// <summary>The error number.</summary>
    public Errno Errno { get; }

    /// <summary>Decoded arguments or the kernel's own explanation.</summary>
    public string? Detail { get; }

    /// <summary>What the user can do about it, or null.</summary>
    public string? Hint => ErrorHints.For(Operation, Errno);

    private static string Format(string operation, string subject, Errno errno, string? detail)
    {
        string what = subject.Length == 0 ? operation : $"{operation} {subject}";
        string text = $"{what}: {ErrnoText.Name(errno)} ({ErrnoText.Text(errno)})";
        return string.IsNullOrEmpty(detail) ? text : $"{text} [{detail}]";
    }
}
