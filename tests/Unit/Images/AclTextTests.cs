using MiniDock.Engine.Images.Tar;

namespace MiniDock.Tests.Unit.Images;

public sealed class AclTextTests
{
    [Theory]
    [InlineData("user::rw-,user:1000:r-x,group::r--,mask::r-x,other::r--")]
    [InlineData("u::rw-\nu:lisa:r-x:1000\ng::r--\nm::r-x\no::r--\n")]
    [InlineData("other:r--,mask:r-x,user::rw-,group::r--,user:1000:r-x")]
    public void Spellings_of_one_acl_make_one_attribute(string text) => Assert.Equal(
        Convert.FromHexString("0200000001000600FFFFFFFF02000500E803000004000400FFFFFFFF10000500FFFFFFFF20000400FFFFFFFF"),
        AclText.Parse(text));

    [Theory]
    [InlineData("user::rw-,user:lisa:r-x,group::r--,mask::r-x,other::r--")]
    [InlineData("user::rwz")]
    [InlineData("everyone::r--")]
    [InlineData("nonsense")]
    public void What_cannot_be_understood_is_refused(string text) => Assert.Throws<ArchiveException>(() => AclText.Parse(text));
}
