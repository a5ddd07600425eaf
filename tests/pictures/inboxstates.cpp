// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/photographer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/messagewidget.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationlistmodel.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QImage>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUrl>

#include <algorithm>

namespace Earshot {

// Lists, conversation, composer and search, as they are every day.

void Photographer::inbox()
{
    photograph(QStringLiteral("inbox"));
    showMention();
    photograph(QStringLiteral("conversation"));
    for (int i = 0; i < 12; ++i)
        m_world->write(QStringLiteral("Newcomer %1").arg(i), QStringLiteral("Mine does that too since yesterday"));
    press(QStringLiteral("Shift+A"));
    until("the new ones", [this] { return m_world->widget("newOnes")->isVisible(); });
    photograph(QStringLiteral("taken-and-new-ones"));
    press(QStringLiteral("G T"));
    photograph(QStringLiteral("view-trouble"));
    press(QStringLiteral("G N"));
    photograph(QStringLiteral("view-notes-to-me"));
    press(QStringLiteral("G S"));
    photograph(QStringLiteral("view-snoozed"));
    press(QStringLiteral("G R J J J Return"));
    photograph(QStringLiteral("view-resolved"));
    press(QStringLiteral("Esc G U"));
    until("the list", [this] { return m_world->list().rowCount() > 5; });
}

void Photographer::conversation()
{
    showMention();
    const ConversationId id = m_world->shown();
    (void)m_world->act(Act::AddNote{id, named("Same as #12, the replacement part is on its way.")});
    (void)m_world->act(Act::AddTag{id, QStringLiteral("hardware")});
    Act::SendReply reply;
    reply.conversation = id;
    reply.text = QStringLiteral("Thank you! Could you tell us the serial number? It is printed below the stand.");
    (void)m_world->act(reply);
    until("the reply", [this] { return m_world->timeline().newest() && m_world->timeline().newest()->delivery; });
    press(QStringLiteral("Return"));
    photograph(QStringLiteral("conversation-held-reply"));
    auto *area = m_world->window().findChild<ConversationPane *>()->timeline().shownWidgets().value(0);
    // A menu says nothing in labels, and without a window manager it does not give the keyboard back.
    if (area && hasDisplay()) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, area->rect().center(),
                                area->mapToGlobal(area->rect().center()));
        QCoreApplication::sendEvent(area, &event);
        photograph(QStringLiteral("message-menu"));
        closePopup();
    }
    press(QStringLiteral("V"));
    photograph(QStringLiteral("thread"));
    press(QStringLiteral("V D"));
    photograph(QStringLiteral("contact-side"));
    press(QStringLiteral("D Esc"));
}

void Photographer::composer()
{
    showMention();
    const char *modes[] = {"R", "Shift+R", "N"};
    for (const char *mode : modes) {
        m_world->find<QTableView>("conversations")->setFocus();
        press(QString::fromLatin1(mode));
        if (!until("the composer", [this] { return m_world->widget("composerSend")->isVisible(); }))
            continue;
        m_world->type(QStringLiteral("We are sorry! Please hold the power button for ten seconds."));
        photograph(QStringLiteral("composer-%1").arg(QString::fromLatin1(mode).remove(QLatin1Char('+'))));
        if (*mode == 'R') {
            m_world->type(QString(600, QLatin1Char('x')));
            press(QStringLiteral("Ctrl+Return"));
            photograph(QStringLiteral("composer-too-long"));
        }
        press(QStringLiteral("Esc"));
    }
    attaching();
    (void)m_world->act(Act::AddNote{m_world->shown(), QStringLiteral("The same as in #4398: it is the power supply.")});
    m_world->find<QTableView>("conversations")->setFocus();
    until("the note", [this] { return m_world->window().commands().isEnabled(QStringLiteral("message.edit")); });
    press(QStringLiteral("Shift+N"));
    until("the composer", [this] { return m_world->widget("composerSend")->isVisible(); });
    m_world->type(QStringLiteral(" A new one is on its way."));
    photograph(QStringLiteral("composer-edit-note"));
    press(QStringLiteral("Esc"));
}

void Photographer::attaching()
{
    const QTemporaryDir folder;
    QMimeData data;
    QList<QUrl> files;
    for (const char *name : {"lamp.png", "table.png"}) {
        QImage image(640, 400, QImage::Format_RGB32);
        image.fill(files.isEmpty() ? QColor(0xf2, 0xc1, 0x4e) : QColor(0x4e, 0x81, 0xf2));
        files.append(QUrl::fromLocalFile(folder.filePath(QString::fromLatin1(name))));
        if (!image.save(files.constLast().toLocalFile()))
            m_camera.fail();
    }
    data.setUrls(files);
    m_world->find<QTableView>("conversations")->setFocus();
    press(QStringLiteral("R"));
    until("the composer", [this] { return m_world->widget("composerSend")->isVisible(); });
    QWidget *text = m_world->find<QPlainTextEdit>("composerText")->viewport();
    QDragEnterEvent enter(text->rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(text, &enter);
    QDropEvent drop(text->rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(text, &drop);
    until("the attachments", [this] { return m_world->widget("attachmentDescription1") != nullptr; });
    photograph(QStringLiteral("composer-attachments"));
    for (const char *remove : {"attachmentRemove1", "attachmentRemove0"})
        m_world->find<QToolButton>(remove)->click();
    press(QStringLiteral("Esc"));
}

void Photographer::search()
{
    press(QStringLiteral("/"));
    m_world->type(QStringLiteral("zzyzx qwrt"));
    m_world->setSearchReach(QStringLiteral("1770000000000"));
    until("how far the search reaches", [this] { return m_world->widget("searchReach")->isVisible(); });
    photograph(QStringLiteral("search-reach"));
    m_world->setSearchReach({});
    until("all is found", [this] { return !m_world->widget("searchReach")->isVisible(); });
    m_world->find<QLineEdit>("searchField")->setText(QStringLiteral("power"));
    until("hits", [this] { return m_world->widget("searchResults")->isVisible(); });
    press(QStringLiteral("Down"));
    photograph(QStringLiteral("search"));
    m_world->find<QLineEdit>("searchField")->setFocus();
    m_world->find<QLineEdit>("searchField")->setText(QStringLiteral("zzyzx qwrt"));
    photograph(QStringLiteral("search-nothing"));
    m_world->find<QLineEdit>("searchField")->setText(QStringLiteral("before:never"));
    photograph(QStringLiteral("search-not-understood"));
    m_world->find<QLineEdit>("searchField")->setText(QStringLiteral("o"));
    photograph(QStringLiteral("search-commands"));
    press(QStringLiteral("Esc"));
}

void Photographer::manyRows()
{
    m_world->find<QTableView>("conversations")->setFocus();
    press(QStringLiteral("J X J J X J X"));
    photograph(QStringLiteral("marked"));
    (void)m_world->window().commands().trigger(QStringLiteral("mark.none"));
}

void Photographer::finding()
{
    m_world->find<QTableView>("conversations")->setFocus();
    press(QStringLiteral("Ctrl+F"));
    until("the field", [this] { return m_world->widget("findField")->hasFocus(); });
    // A word that stands there, in whatever language.
    static const QRegularExpression word(QStringLiteral("[A-Za-z]{3,}"));
    m_world->type(word.match(m_world->messages(m_world->shown()).constFirst().text).captured());
    until("matches", [this] {
        const QString place = m_world->textOf("findPlace");
        return std::any_of(place.cbegin(), place.cend(), [](QChar c) { return c.isDigit(); });
    });
    photograph(QStringLiteral("find-in-conversation"));
    m_world->find<QLineEdit>("findField")->setText(QStringLiteral("zzyzx"));
    photograph(QStringLiteral("find-nothing"));
    press(QStringLiteral("Esc /"));
    m_world->type(QStringLiteral("is:"));
    photograph(QStringLiteral("search-completion"));
    closePopup();
    m_world->find<QLineEdit>("searchField")->clear();
    press(QStringLiteral("Esc Esc G U"));
}

} // namespace Earshot
