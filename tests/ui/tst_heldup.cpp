// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/cuttingproxy.h"
#include "tests/ui/shareddesktop.h"
#include "ui/settings/outboxdialog.h"
#include "ui/settings/outboxwords.h"
#include "workspace/mediafolder.h"

#include <QAbstractButton>
#include <QLabel>
#include <QListWidget>
#include <QSettings>
#include <QStandardPaths>

using namespace Earshot;

namespace {

const QByteArray unavailable = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// What the window says where the server is reached, and what is done here does not get there.
class HeldUpTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void nothingIsSaidOfMoments();
    void serverThatTakesNothingIsSaid();
    void fileThatIsOnItsWayIsSaid();
    void fileThatIsNotTakenIsSaid();

private:
    void perform(const ActionArguments &arguments)
    {
        m_desk->desk().perform({makeAction(arguments, m_world->clock().now())});
    }
    [[nodiscard]] QString status() const
    {
        return m_desk->window().findChild<QAbstractButton *>(str("statusButton"))->text();
    }
    [[nodiscard]] QString explanation() const
    {
        return m_desk->window().findChild<QAbstractButton *>(str("statusButton"))->accessibleDescription();
    }
    [[nodiscard]] bool isOutboxShown() const
    {
        return !m_desk->window().findChild<QAbstractButton *>(str("outboxButton"))->isHidden();
    }
    [[nodiscard]] bool isCurrent() const { return m_desk->desk().status().kind == DeskStatus::Kind::current; }
    /// It waits for longer than the way takes.
    void letTimePass() { m_world->clock().advance(std::chrono::seconds(4)); }
    /// A reply with a picture.
    [[nodiscard]] Act::SendReply withPicture();

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<CuttingProxy> m_proxy;
    std::unique_ptr<SharedDesktop> m_desk;
    QTemporaryDir m_settings;
};

void HeldUpTest::init()
{
    static auto *appearance = new Appearance(*qApp);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    m_world = std::make_unique<ServerWorld>();
    m_proxy = std::make_unique<CuttingProxy>(str("127.0.0.1"), m_world->server().port());
    m_desk = std::make_unique<SharedDesktop>(*m_world, ServerWorld::kim, *appearance, m_proxy->serverPort());
    QCOMPARE(status(), str("Up to date"));
}

void HeldUpTest::cleanup()
{
    m_desk.reset();
    m_proxy.reset();
    m_world.reset();
}

Act::SendReply HeldUpTest::withPicture()
{
    const QByteArray bytes = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("see the dot");
    reply.media = {{keepMediaBytes(m_desk->desk().workspace().mediaFolder(), bytes).value(), str("image/gif"), {}}};
    return reply;
}

/// The bar does not twitch at each thing that one does.
void HeldUpTest::nothingIsSaidOfMoments()
{
    m_proxy->holdNextWith("held back");
    perform(Act::AddNote{ConversationId(1), str("held back")});
    QTRY_COMPARE(m_proxy->heldCount(), 1);
    QTRY_COMPARE(m_desk->desk().waitingCount(), 1);
    QCOMPARE(status(), str("Up to date"));
    QVERIFY(!isOutboxShown());
    m_proxy->letHeldGo();
    QTRY_COMPARE(m_desk->desk().waitingCount(), 0);
    QCOMPARE(status(), str("Up to date"));
}

void HeldUpTest::serverThatTakesNothingIsSaid()
{
    m_proxy->loseRequests("addNote", unavailable);
    perform(Act::AddNote{ConversationId(1), str("held back")});
    QTRY_COMPARE(m_desk->desk().waitingCount(), 1);
    letTimePass();
    QTRY_COMPARE(status(), str("Sending is held up"));
    QVERIFY(isCurrent());
    QTRY_VERIFY(isOutboxShown());
    QVERIFY2(explanation().startsWith(str("The server is there, but does not take what is done here now.")),
             qPrintable(explanation()));
    // The bar leads to what is meant.
    m_desk->window().findChild<QAbstractButton *>(str("statusButton"))->click();
    auto *dialog = m_desk->window().findChild<OutboxDialog *>();
    QVERIFY(dialog);
    const auto *why = dialog->findChild<QLabel *>(str("outboxWhy"));
    QTRY_VERIFY2(why->text().startsWith(str("The server is there, but")), qPrintable(why->text()));
    m_proxy->loseRequests({});
    QTRY_COMPARE(m_desk->desk().waitingCount(), 0);
    QTRY_COMPARE(status(), str("Up to date"));
    QVERIFY(!isOutboxShown());
}

void HeldUpTest::fileThatIsOnItsWayIsSaid()
{
    m_proxy->holdNextWith("POST /jmap/upload");
    perform(withPicture());
    QTRY_COMPARE(m_proxy->heldCount(), 1);
    letTimePass();
    // Any other thing that is done has it looked at again.
    perform(Act::AddNote{ConversationId(3), str("meanwhile")});
    QTRY_COMPARE(status(), str("Sending a file…"));
    QVERIFY(isOutboxShown());
    QVERIFY(isCurrent());
    m_proxy->letHeldGo();
    QTRY_COMPARE(status(), str("Up to date"));
    QTRY_COMPARE(m_desk->desk().waitingCount(), 0);
}

void HeldUpTest::fileThatIsNotTakenIsSaid()
{
    m_proxy->loseRequests("POST /jmap/upload", unavailable);
    perform(withPicture());
    QTRY_COMPARE(m_desk->desk().waitingCount(), 1);
    letTimePass();
    QTRY_COMPARE(status(), str("Sending is held up"));
    QVERIFY2(explanation().startsWith(str("The server is there, but does not take a file of a reply now.")),
             qPrintable(explanation()));
    m_proxy->loseRequests({});
    QTRY_COMPARE(status(), str("Up to date"));
}

QTEST_MAIN(HeldUpTest)
#include "tst_heldup.moc"
