// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/search/searchpane.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// What was begun is found again: in its row, and in the search field.
class DraftSignsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void rowSaysThatSomethingWasBegun();
    void whatIsSentIsNoDraft();
    void draftsAreSearched();

private:
    [[nodiscard]] bool isSaid(ConversationId id) const
    {
        const int row = m_world->list().rowOf(id);
        const QString said = m_world->list().index(row).data(Qt::AccessibleTextRole).toString();
        return row >= 0 && said.contains(u"Draft"_s);
    }
    /// What was typed is kept now.
    void flush()
    {
        const auto flushed = m_world->desk().flushPersonal();
        QTRY_VERIFY(flushed.isFinished());
    }
    /// Begins an answer there and leaves it.
    ConversationId begin(const QString &text);

    std::unique_ptr<WindowWorld> m_world;
};

void DraftSignsTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

ConversationId DraftSignsTest::begin(const QString &text)
{
    const ConversationId id = m_world->showMention();
    m_world->press(u"R"_s);
    if (!QTest::qWaitFor([this] { return m_world->widget("composerText")->hasFocus(); }, 30'000))
        return {};
    m_world->type(text);
    return id;
}

void DraftSignsTest::rowSaysThatSomethingWasBegun()
{
    const ConversationId id = begin(u"We look into"_s);
    QVERIFY(id.isValid());
    QVERIFY(!isSaid(id));
    flush();
    QTRY_VERIFY(isSaid(id));
    m_world->press(u"Escape"_s);
    QTRY_VERIFY(!m_world->widget("composerText")->isVisible());
    QVERIFY(isSaid(id));
    // After a start, too.
    m_world->reopen();
    QTRY_VERIFY(m_world->isReady());
    QTRY_VERIFY(isSaid(id));
    QVERIFY(m_world->show([id](const ConversationRecord &one) { return one.id == id; }).isValid());
    m_world->press(u"R"_s);
    QTRY_VERIFY(m_world->widget("composerText")->hasFocus());
    QCOMPARE(m_world->textOf("composerText").section(u'\n', -1).trimmed().right(12), u"We look into"_s);
    m_world->find<QPlainTextEdit>("composerText")->selectAll();
    m_world->press(u"Delete"_s);
    flush();
    QTRY_VERIFY(!isSaid(id));
}

void DraftSignsTest::whatIsSentIsNoDraft()
{
    const ConversationId id = begin(u"We look into it."_s);
    QVERIFY(id.isValid());
    flush();
    QTRY_VERIFY(isSaid(id));
    m_world->press(u"Ctrl+Return"_s);
    QTRY_COMPARE(m_world->messages(id).constLast().kind, MessageKind::reply);
    QTRY_VERIFY(!m_world->record(id).hasDraft);
    QTRY_VERIFY(m_world->list().rowOf(id) < 0 || !isSaid(id));
}

void DraftSignsTest::draftsAreSearched()
{
    const ConversationId id = begin(u"We look into it."_s);
    QVERIFY(id.isValid());
    flush();
    m_world->press(u"Escape"_s);
    m_world->press(u"Ctrl+K"_s);
    QTRY_VERIFY(m_world->widget("searchField")->hasFocus());
    m_world->type(u"is:dr"_s);
    QTRY_VERIFY(m_world->widget("searchCompletion") && m_world->widget("searchCompletion")->isVisible());
    const auto *proposed = qobject_cast<QAbstractItemView *>(m_world->widget("searchCompletion"));
    QCOMPARE(proposed->model()->index(0, 0).data().toString(), u"is:draft"_s);
    m_world->press(u"Tab"_s);
    const SearchModel &found = m_world->window().findChild<SearchPane *>()->model();
    QTRY_COMPARE(found.conversations(), QSet<ConversationId>{id});
}

QTEST_MAIN(DraftSignsTest)
#include "tst_draftsigns.moc"
