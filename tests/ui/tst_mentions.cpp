// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/keyboard.h"
#include "tests/ui/talkworld.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/textcompletion.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timelineview.h"
#include "ui/shell/commandregistry.h"

#include <QAbstractItemView>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;
using Mode = DraftRecord::Mode;

/// "@" in a reply offers who has to do with the thread, in a note the colleagues.
class MentionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void replyOffersWhoIsInTheThread();
    void replyOffersNeitherUsNorColleagues();
    void privateReplyOffersNobody();
    void noteOffersColleagues();
    void whoCannotBeNamedIsNotOffered();

private:
    void open(Mode mode);
    void type(const QString &text) { QTest::keyClicks(edit(), text); }
    [[nodiscard]] ComposerEdit *edit() const { return m_pane->composer().findChild<ComposerEdit *>(); }
    [[nodiscard]] QAbstractItemView *popup() const
    {
        return m_pane->composer().findChildren<TextCompletion *>().constFirst()->completer()->popup();
    }
    [[nodiscard]] QStringList offered() const
    {
        QStringList names;
        for (int row = 0; popup()->isVisible() && row < popup()->model()->rowCount(); ++row)
            names.append(popup()->model()->index(row, 0).data().toString());
        return names;
    }

    std::unique_ptr<TalkWorld> m_world;
    NoService m_service;
    std::unique_ptr<CommandRegistry> m_commands;
    std::unique_ptr<ConversationPane> m_pane;
};

void MentionsTest::init()
{
    m_world = std::make_unique<TalkWorld>();
    // Jo talks in the thread around, Ada and we are named in it.
    RemoteMessage around = m_world->inbound(u"Mine is dark, too"_s);
    around.isContext = true;
    around.author.id = u"jo"_s;
    around.author.name = u"Jo Ray"_s;
    around.author.handle = u"@jo@far.example"_s;
    RemoteMessage question = m_world->inbound(u"@acmecares @ada what now?"_s);
    question.mentions = {u"@acmecares@social.example"_s, u"@ada@far.example"_s};
    m_world->store({around, question});
    m_commands = std::make_unique<CommandRegistry>();
    m_pane = std::make_unique<ConversationPane>(m_world->desk(), m_service, *m_commands);
    m_pane->composer().addCommands(*m_commands);
    m_pane->resize(620, 640);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
}

void MentionsTest::cleanup()
{
    m_pane.reset();
    m_commands.reset();
    m_world.reset();
}

void MentionsTest::open(Mode mode)
{
    m_pane->showConversation(m_world->conversation());
    QTRY_COMPARE(m_pane->record().id, m_world->conversation());
    m_pane->openComposer(mode);
    QTRY_VERIFY(edit()->hasFocus());
}

void MentionsTest::replyOffersWhoIsInTheThread()
{
    open(Mode::reply);
    type(u"also @"_s);
    QTRY_COMPARE(offered().size(), 3);
    // Whoever is answered comes first.
    QVERIFY2(offered().constFirst().startsWith(u"mira@social.example"_s), qPrintable(offered().join(u'|')));
    QVERIFY2(offered().join(u'|').contains(u"jo@far.example — Jo Ray"_s), qPrintable(offered().join(u'|')));
    QCOMPARE(popup()->accessibleName(), u"People in this thread"_s);
    type(u"j"_s);
    QTRY_COMPARE(offered().size(), 1);
    QTest::keyClick(keyboard(), Qt::Key_Return);
    QCOMPARE(edit()->toPlainText(), u"also @jo@far.example "_s);
    QVERIFY(!popup()->isVisible());
    // By the name that is shown as well.
    type(u"and @ra"_s);
    QTRY_COMPARE(offered().size(), 1);
    QTest::keyClick(keyboard(), Qt::Key_Tab);
    QCOMPARE(edit()->toPlainText(), u"also @jo@far.example and @jo@far.example "_s);
    type(u"@ada"_s);
    QTRY_COMPARE(offered(), QStringList{u"ada@far.example"_s});
}

void MentionsTest::replyOffersNeitherUsNorColleagues()
{
    open(Mode::reply);
    type(u"@acme"_s);
    QCOMPARE(offered(), QStringList());
    type(u" @k"_s);
    QCOMPARE(offered(), QStringList());
    // Nor does an address in a text.
    type(u" write to info@j"_s);
    QCOMPARE(offered(), QStringList());
}

/// Whoever is named there can read it.
void MentionsTest::privateReplyOffersNobody()
{
    open(Mode::reply);
    type(u"@j"_s);
    QTRY_COMPARE(offered().size(), 1);
    m_pane->composer().open(Mode::privateReply);
    QCOMPARE(offered(), QStringList());
    type(u"@j"_s);
    QCOMPARE(offered(), QStringList());
}

void MentionsTest::noteOffersColleagues()
{
    open(Mode::reply);
    m_pane->composer().open(Mode::note);
    type(u"@k"_s);
    QTRY_COMPARE(offered(), QStringList{u"Kim"_s});
    QTest::keyClick(keyboard(), Qt::Key_Escape);
    type(u" @j"_s);
    QCOMPARE(offered(), QStringList());
    m_pane->composer().open(Mode::reply);
    type(u"@j"_s);
    QTRY_COMPARE(offered().size(), 1);
}

/// Not everybody who writes on a blog has a name that can be called.
void MentionsTest::whoCannotBeNamedIsNotOffered()
{
    RemoteMessage guest = m_world->inbound(u"And I"_s);
    guest.isContext = true;
    guest.author.id = u"guest"_s;
    guest.author.name = u"Zoe"_s;
    guest.author.handle = u"zoe@mail.example"_s;
    m_world->store({guest});
    open(Mode::reply);
    type(u"@z"_s);
    QCOMPARE(offered(), QStringList());
}

QTEST_MAIN(MentionsTest)
#include "tst_mentions.moc"
