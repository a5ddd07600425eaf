// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/talkworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timelineview.h"
#include "ui/shell/commandregistry.h"

#include <QApplication>
#include <QImage>
#include <QTest>

using namespace Earshot;

namespace {

/// How many points have just this colour.
int countOf(const QImage &image, const QColor &colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return count;
}

} // namespace

/// What was searched for is seen in the conversation to which a hit leads: as it is painted.
class HighlightTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void hitIsPaintedInItsMessage();
    void eachWordIsPaintedAndNothingElse();

private:
    [[nodiscard]] QImage painted() { return m_pane->timeline().viewport()->grab().toImage(); }
    /// Points of the colour in which what is found stands.
    [[nodiscard]] int marked() { return countOf(painted(), m_pane->palette().color(QPalette::Highlight)); }

    std::unique_ptr<TalkWorld> m_world;
    NoService m_service;
    std::unique_ptr<CommandRegistry> m_commands;
    std::unique_ptr<ConversationPane> m_pane;
};

void HighlightTest::init()
{
    QPalette colours = QApplication::palette();
    colours.setColor(QPalette::Highlight, QColor(12, 34, 200));
    QApplication::setPalette(colours);
    m_world = std::make_unique<TalkWorld>();
    m_world->write(QStringLiteral("The kettle leaks near the handle"));
    m_world->write(QStringLiteral("And the lamp flickers"));
    m_commands = std::make_unique<CommandRegistry>();
    m_pane = std::make_unique<ConversationPane>(m_world->desk(), m_service, *m_commands);
    m_pane->resize(700, 500);
    m_pane->show();
}

void HighlightTest::cleanup()
{
    m_pane.reset();
    m_commands.reset();
    m_world.reset();
}

void HighlightTest::hitIsPaintedInItsMessage()
{
    m_pane->showConversation(m_world->conversation());
    QTRY_COMPARE(m_pane->record().id, m_world->conversation());
    QTRY_VERIFY(m_pane->timeline().timeline().newest());
    const int before = marked();
    const QList<MessageRecord> messages = m_world->messages();
    MessageId hit;
    for (const MessageRecord &message : messages) {
        if (message.text.contains(QStringLiteral("kettle")))
            hit = message.id;
    }
    QVERIFY(hit.isValid());
    // From the search: another conversation was left in between.
    m_pane->showConversation(ConversationId());
    m_pane->showHit(m_world->conversation(), hit, {QStringLiteral("kettle")});
    QTRY_COMPARE(m_pane->record().id, m_world->conversation());
    QTRY_VERIFY(marked() > before + 100);
    // Gone with the search, as soon as something else is shown.
    m_pane->showConversation(ConversationId());
    m_pane->showConversation(m_world->conversation());
    QTRY_COMPARE(m_pane->record().id, m_world->conversation());
    QTRY_COMPARE(marked(), before);
}

void HighlightTest::eachWordIsPaintedAndNothingElse()
{
    m_pane->showConversation(m_world->conversation());
    QTRY_COMPARE(m_pane->record().id, m_world->conversation());
    TimelineView &timeline = m_pane->timeline();
    QTRY_VERIFY(timeline.timeline().newest());
    const int none = marked();
    timeline.setHighlight({QStringLiteral("zebra")});
    QCOMPARE(marked(), none);
    timeline.setHighlight({QStringLiteral("KETTLE")});
    const int one = marked();
    QVERIFY(one > none + 100);
    timeline.setHighlight({QStringLiteral("kettle"), QStringLiteral("flickers")});
    QVERIFY(marked() > one + 100);
    timeline.setHighlight({});
    QCOMPARE(marked(), none);
}

QTEST_MAIN(HighlightTest)
#include "tst_highlight.moc"
