// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/cuttingproxy.h"
#include "tests/ui/shareddesktop.h"
#include "ui/inbox/claimchoice.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/presencesigns.h"
#include "ui/window/conversationwindow.h"
#include "workspace/queries.h"

#include <QAbstractButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr ConversationId one{1};
constexpr ConversationId three{3};

} // namespace

/// Two real windows on one server: Kim's and Bo's.
class PresenceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void sharedListIsNoCompany();
    void whoLooksIsShown();
    void rowIsPaintedWithThem();
    void whoWritesIsShownAndWarnedOf();
    void leavingIsTold_data();
    void leavingIsTold();
    void windowOfItsOwnCounts();
    void whoSitsNoMoreIsGone();
    void serverThatIsGoneForgets();
    void withoutWebSocketsTheyAreShown();
    void initials();
    void firstLetterClaims();
    void firstLetterClaimsOnlyWhenWished();

private:
    [[nodiscard]] static Appearance &appearance()
    {
        static auto *one = new Appearance(*qApp);
        return *one;
    }
    [[nodiscard]] AgentId assigneeThere(ConversationId id);
    /// A row of Kim's list.
    [[nodiscard]] QImage picture(ConversationId id);

    QTemporaryDir m_settings;
    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<SharedDesktop> m_kim;
    std::unique_ptr<SharedDesktop> m_bo;
};

void PresenceTest::init()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    // By the world's clock no time passes, so that none is given back.
    ServerLimits limits;
    limits.requestBurst = 1'000'000;
    m_world = std::make_unique<ServerWorld>(limits);
    m_kim = std::make_unique<SharedDesktop>(*m_world, ServerWorld::kim, appearance());
    m_bo = std::make_unique<SharedDesktop>(*m_world, ServerWorld::bo, appearance());
}

void PresenceTest::cleanup()
{
    ClaimChoice::chooseByWriting(false);
    m_kim.reset();
    m_bo.reset();
    m_world.reset();
}

AgentId PresenceTest::assigneeThere(ConversationId id)
{
    return m_world->workspace()
        .readNow<QList<ConversationRecord>>([this, id](Database &database) {
            return loadConversations(database, {id}, ServerWorld::ana, m_world->clock().now());
        })
        .value()
        .constFirst()
        .assignee;
}

void PresenceTest::sharedListIsNoCompany()
{
    m_bo->open(three);
    QTRY_VERIFY(m_kim->row(three).contains(str("Bo is looking")));
    // Bo has this row before the eyes as well.
    QVERIFY(!m_kim->row(one).contains(str("looking")));
    QVERIFY(!m_bo->row(three).contains(str("looking")));
}

void PresenceTest::whoLooksIsShown()
{
    m_kim->open(one);
    QCOMPARE(m_kim->said("headerCompany"), QString());
    m_bo->open(one);
    QTRY_COMPARE(m_kim->said("headerCompany"), str("Bo is looking"));
    QTRY_COMPARE(m_bo->said("headerCompany"), str("Kim is looking"));
    QCOMPARE(m_kim->row(one, Qt::ToolTipRole), str("<qt>Bo is looking</qt>"));
    // Another conversation: nobody is there.
    m_kim->open(three);
    QTRY_COMPARE(m_kim->said("headerCompany"), QString());
    QTRY_COMPARE(m_bo->said("headerCompany"), QString());
    QVERIFY(m_kim->row(one).contains(str("Bo is looking")));
}

QImage PresenceTest::picture(ConversationId id)
{
    const auto *table = m_kim->window().findChild<QTableView *>(str("conversations"));
    const QRect row = table->visualRect(m_kim->list().index(m_kim->list().rowOf(id)));
    return table->viewport()->grab(row).toImage();
}

/// For who sees the row: who looks and who writes are not the same, and both are gone when they are.
void PresenceTest::rowIsPaintedWithThem()
{
    m_kim->open(three);
    const QImage nobody = picture(one);
    QVERIFY(!nobody.isNull());
    QCOMPARE(picture(one), nobody);
    m_bo->open(one);
    QTRY_VERIFY(m_kim->row(one).contains(str("Bo is looking")));
    const QImage looks = picture(one);
    QVERIFY(looks != nobody);
    m_bo->type(str("We look into it"));
    QTRY_VERIFY(m_kim->row(one).contains(str("Bo is writing an answer")));
    QVERIFY(picture(one) != looks);
    QVERIFY(picture(one) != nobody);
    m_bo->open(three);
    QTRY_VERIFY(!m_kim->row(one).contains(str("Bo")));
    QTRY_COMPARE(picture(one), nobody);
}

void PresenceTest::whoWritesIsShownAndWarnedOf()
{
    m_kim->open(one);
    m_bo->open(one);
    m_kim->type(str("We look into it"));
    QTRY_COMPARE(m_kim->said("composerCompany"), str("Bo is looking at this too."));
    QTRY_COMPARE(m_bo->said("headerCompany"), str("Kim is writing an answer"));
    m_bo->type(str("I am on it"));
    QTRY_COMPARE(m_kim->said("composerCompany"), str("Bo is writing an answer here too."));
    QTRY_COMPARE(m_kim->said("headerCompany"), str("Bo is writing an answer"));
    QVERIFY(m_kim->window().findChild<QWidget *>(str("composerCompany"))->font().bold());
    // It can be sent all the same.
    QTest::mouseClick(m_kim->window().findChild<QAbstractButton *>(str("composerSend")), Qt::LeftButton);
    QTRY_VERIFY(!m_kim->window().findChild<QWidget *>(str("composer"))->isVisible());
    QTRY_COMPARE(m_bo->said("headerCompany"), str("Kim is looking"));
}

void PresenceTest::leavingIsTold_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"another conversation", "hidden", "minimised", "closed", "emptied text", "note"})
        QTest::newRow(how) << str(how);
}

void PresenceTest::leavingIsTold()
{
    QFETCH(QString, how);
    m_kim->open(one);
    m_bo->open(one);
    m_bo->type(str("Hello"));
    QTRY_COMPARE(m_kim->said("headerCompany"), str("Bo is writing an answer"));
    QString left;
    if (how == str("another conversation")) {
        m_bo->open(three);
    } else if (how == str("hidden")) {
        m_bo->window().hide();
    } else if (how == str("minimised")) {
        m_bo->window().showMinimized();
    } else if (how == str("closed")) {
        m_bo->close();
    } else if (how == str("note")) {
        // What stays in the house is no second answer.
        m_bo->window().commands().trigger(str("conversation.note"));
        left = str("Bo is looking");
    } else {
        m_bo->window().findChild<QPlainTextEdit *>(str("composerText"))->clear();
        left = str("Bo is looking");
    }
    QTRY_COMPARE(m_kim->said("headerCompany"), left);
}

void PresenceTest::windowOfItsOwnCounts()
{
    m_kim->open(one);
    m_bo->window().openWindow(one);
    QTRY_COMPARE(m_kim->said("headerCompany"), str("Bo is looking"));
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *own = qobject_cast<ConversationWindow *>(widget))
            own->close();
    }
    QTRY_COMPARE(m_kim->said("headerCompany"), QString());
}

/// A window that stays open over night.
void PresenceTest::whoSitsNoMoreIsGone()
{
    m_kim->open(one);
    m_bo->open(one);
    QTRY_COMPARE(m_kim->said("headerCompany"), str("Bo is looking"));
    m_bo->window().findChild<QTimer *>(str("presencePause"))->start(0);
    QTRY_COMPARE(m_kim->said("headerCompany"), QString());
    QTest::keyClick(&m_bo->window(), Qt::Key_Shift);
    QTRY_COMPARE(m_kim->said("headerCompany"), str("Bo is looking"));
}

void PresenceTest::serverThatIsGoneForgets()
{
    m_kim->open(one);
    m_bo->open(one);
    QTRY_COMPARE(m_kim->said("headerCompany"), str("Bo is looking"));
    const quint16 port = m_world->server().port();
    m_world->stopServer();
    QTRY_COMPARE(m_kim->said("headerCompany"), QString());
    m_world->start({}, port);
    QTRY_COMPARE(m_kim->said("headerCompany"), str("Bo is looking"));
}

/// Something between Kim's desktop and the server lets none through.
void PresenceTest::withoutWebSocketsTheyAreShown()
{
    m_kim.reset();
    CuttingProxy proxy(str("127.0.0.1"), m_world->server().port());
    proxy.endWebSockets(true);
    m_kim = std::make_unique<SharedDesktop>(*m_world, ServerWorld::kim, appearance(), proxy.serverPort(),
                                            std::chrono::seconds(2));
    m_bo->open(one);
    m_kim->open(one);
    QTRY_COMPARE(m_kim->said("headerCompany"), str("Bo is looking"));
    QTRY_COMPARE(m_bo->said("headerCompany"), str("Kim is looking"));
    m_kim->type(str("We look"));
    QTRY_COMPARE(m_bo->said("headerCompany"), str("Kim is writing an answer"));
    m_bo->type(str("We look"));
    QTRY_COMPARE(m_kim->said("headerCompany"), str("Bo is writing an answer"));
    m_kim->open(three);
    QTRY_COMPARE(m_bo->said("headerCompany"), QString());
    m_kim.reset();
}

void PresenceTest::initials()
{
    QCOMPARE(PresenceSigns::initialsOf(str("Mira Holm")), str("MH"));
    QCOMPARE(PresenceSigns::initialsOf(str("ana")), str("A"));
    QCOMPARE(PresenceSigns::initialsOf(str("Jean Luc van Dam")), str("JD"));
    QCOMPARE(PresenceSigns::initialsOf(str("𝒜na")), str("𝒜"));
    QCOMPARE(PresenceSigns::initialsOf(QString()), str("?"));
}

void PresenceTest::firstLetterClaims()
{
    ClaimChoice::chooseByWriting(true);
    m_kim->open(one);
    m_kim->type(str("W"));
    QTRY_COMPARE(assigneeThere(one), ServerWorld::kim);
    auto *bar = m_kim->window().findChild<MessageBar *>();
    QTRY_COMPARE(bar->text(), str("Assigned to you, as you began to answer"));
    m_kim->window().commands().trigger(str("edit.undo"));
    QTRY_COMPARE(assigneeThere(one), AgentId());
    // The letter stays, and one more claims nothing again.
    auto *edit = m_kim->window().findChild<QPlainTextEdit *>(str("composerText"));
    QCOMPARE(edit->toPlainText(), str("W"));
    QTest::keyClicks(edit, str("e"));
    m_kim->open(three);
    QCOMPARE(assigneeThere(one), AgentId());
    // What is somebody's stays so.
    QVERIFY(m_world->act(Act::Claim{three}).isApplied());
    QTRY_COMPARE(m_kim->pane().record().assignee, ServerWorld::ana);
    m_kim->type(str("W"));
    QTRY_VERIFY(m_kim->pane().isAncestorOf(edit));
    QCOMPARE(assigneeThere(three), ServerWorld::ana);
}

void PresenceTest::firstLetterClaimsOnlyWhenWished()
{
    QVERIFY(!ClaimChoice::byWriting());
    m_kim->open(one);
    m_kim->type(str("We look"));
    m_bo->open(one);
    QTRY_COMPARE(m_bo->said("headerCompany"), str("Kim is writing an answer"));
    QCOMPARE(assigneeThere(one), AgentId());
}

QTEST_MAIN(PresenceTest)
#include "tst_presence.moc"
