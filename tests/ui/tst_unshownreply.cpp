// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/shareddesktop.h"
#include "ui/shell/messagebar.h"
#include "ui/window/conversationwindow.h"
#include "workspace/queries.h"

#include <QAbstractButton>
#include <QApplication>
#include <QSettings>
#include <QStandardPaths>

using namespace Earshot;

namespace {

constexpr ConversationId before{1};
constexpr ConversationId answered{2};

} // namespace

/// A reply that the desk has, and of which nothing can be shown before it comes back from the server.
class UnshownReplyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void undoMeansNothingThatWasDoneBefore();
    void ownWindowSaysTheSame();

private:
    /// Only the server can tell what becomes of a reply: as where not all is here that it goes by.
    void keepRepliesUnshown();
    void answer(QWidget *in);
    [[nodiscard]] ConversationRecord here(ConversationId id);
    [[nodiscard]] QString said(QWidget *in) { return in->findChild<MessageBar *>()->text(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<SharedDesktop> m_kim;
};

void UnshownReplyTest::init()
{
    static auto *appearance = new Appearance(*qApp);
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->filePath(QStringLiteral("settings")));
    m_world = std::make_unique<ServerWorld>();
    m_kim = std::make_unique<SharedDesktop>(*m_world, ServerWorld::kim, *appearance);
    QTRY_VERIFY(m_kim->window().roster().isLoaded());
}

void UnshownReplyTest::cleanup()
{
    m_kim.reset();
    m_world.reset();
}

void UnshownReplyTest::keepRepliesUnshown()
{
    m_world->stopServer();
    QTRY_COMPARE(m_kim->desk().status().kind, DeskStatus::Kind::offline);
    const auto written = m_kim->desk().workspace().write<void>(Urgency::interactive, [](Writing &writing) -> Done {
        writing.database().execute(QStringLiteral("CREATE TRIGGER not_all_is_here BEFORE INSERT ON delivery BEGIN "
                                                  "SELECT raise(ABORT, 'not all is here'); END"));
        return writing.database().done();
    });
    QVERIFY(written.result());
}

ConversationRecord UnshownReplyTest::here(ConversationId id)
{
    return m_kim->desk()
        .workspace()
        .readNow<QList<ConversationRecord>>([this, id](Database &database) {
            return loadConversations(database, {id}, ServerWorld::kim, m_world->clock().now());
        })
        .value()
        .constFirst();
}

void UnshownReplyTest::answer(QWidget *in)
{
    auto *edit = in->findChild<QPlainTextEdit *>(QStringLiteral("composerText"));
    QTRY_VERIFY(edit->isVisible());
    edit->setPlainText(QStringLiteral("We look into it."));
    QTest::mouseClick(in->findChild<QAbstractButton *>(QStringLiteral("composerSend")), Qt::LeftButton);
    QTRY_VERIFY(!edit->isVisible());
}

void UnshownReplyTest::undoMeansNothingThatWasDoneBefore()
{
    CommandRegistry &commands = m_kim->window().commands();
    m_kim->open(before);
    QVERIFY(commands.trigger(QStringLiteral("conversation.resolve")));
    QTRY_COMPARE(here(before).status, Status::resolved);
    QTRY_VERIFY(said(&m_kim->window()).startsWith(QStringLiteral("Resolved")));
    QTRY_COMPARE(m_kim->desk().waitingCount(), 0);
    m_kim->open(answered);
    keepRepliesUnshown();
    QVERIFY(commands.trigger(QStringLiteral("conversation.reply")));
    answer(&m_kim->window());
    QTRY_COMPARE(m_kim->desk().waitingCount(), 1);
    QTRY_VERIFY2(said(&m_kim->window()).startsWith(QStringLiteral("The reply is kept ")),
                 qPrintable(said(&m_kim->window())));
    // Z means the reply, and says why it cannot be taken back.
    QVERIFY(commands.trigger(QStringLiteral("edit.undo")));
    QTRY_VERIFY2(said(&m_kim->window()).startsWith(QStringLiteral("The reply has not come back from the server yet.")),
                 qPrintable(said(&m_kim->window())));
    QCOMPARE(here(before).status, Status::resolved);
    QTRY_COMPARE(m_kim->desk().waitingCount(), 1);
}

void UnshownReplyTest::ownWindowSaysTheSame()
{
    m_kim->open(answered);
    m_kim->window().openWindow(answered);
    ConversationWindow *own = nullptr;
    for (QWidget *top : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<ConversationWindow *>(top))
            own = window;
    }
    QVERIFY(own);
    QTRY_COMPARE(own->pane().record().id, answered);
    QVERIFY(own->commands().trigger(QStringLiteral("conversation.claim")));
    QTRY_COMPARE(here(answered).assignee, ServerWorld::kim);
    QTRY_VERIFY(said(own).startsWith(QStringLiteral("Assigned to you")));
    QTRY_COMPARE(m_kim->desk().waitingCount(), 0);
    keepRepliesUnshown();
    QVERIFY(own->commands().trigger(QStringLiteral("conversation.reply")));
    answer(own);
    QVERIFY(own->commands().trigger(QStringLiteral("edit.undo")));
    QTRY_VERIFY2(said(own).startsWith(QStringLiteral("The reply has not come back from the server yet.")),
                 qPrintable(said(own)));
    QCOMPARE(here(answered).assignee, ServerWorld::kim);
}

QTEST_MAIN(UnshownReplyTest)
#include "tst_unshownreply.moc"
