// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/photographer.h"
#include "ui/conversation/mediaviewer.h"
#include "ui/shell/roster.h"

#include <QApplication>
#include <QFile>
#include <QImage>
#include <QListWidget>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

namespace Earshot {

// What opens above the main window.

void Photographer::dialogs()
{
    m_world->find<QTableView>("conversations")->setFocus();
    showMention();
    const std::pair<const char *, const char *> picks[] = {
        {"A", "assign"}, {"T", "tag"}, {"S", "snooze"}, {"P", "priority"}, {"Shift+E", "reason"}};
    for (const auto &[key, name] : picks) {
        open("pickDialog", QString::fromLatin1(key));
        photograph(QStringLiteral("pick-%1").arg(QString::fromLatin1(name)));
        close("pickDialog");
    }
    open("cheatSheet", QStringLiteral("help.keys"));
    photograph(QStringLiteral("cheat-sheet"));
    close("cheatSheet");
    if (hasDisplay()) {
        auto *table = m_world->find<QTableView>("conversations");
        Q_EMIT table->customContextMenuRequested(table->visualRect(table->currentIndex()).center());
        photograph(QStringLiteral("list-menu"));
        closePopup();
    }
    open("pickDialog", QStringLiteral("S"));
    auto *times = m_world->find<QListWidget>("pickList");
    times->setCurrentRow(times->count() - 1);
    m_world->find<QPushButton>("pickOk")->click();
    until("the date", [this] { return m_world->widget("dateDialog") && m_world->widget("dateDialog")->isVisible(); });
    photograph(QStringLiteral("pick-date"));
    close("dateDialog");
    (void)m_world->window().commands().trigger(QStringLiteral("help.about"));
    photograph(QStringLiteral("about"));
    if (QWidget *box = QApplication::activeModalWidget())
        box->close();
    goBack();
}

void Photographer::channels()
{
    open("channelsDialog", QStringLiteral("channels.show"));
    photograph(QStringLiteral("channels"));
    m_world->find<QPushButton>("channelEdit")->click();
    until("the channel",
          [this] { return m_world->widget("channelDialog") && m_world->widget("channelDialog")->isVisible(); });
    photograph(QStringLiteral("channel-edit"));
    m_world->widget("channelDialog")->close();
    m_world->find<QPushButton>("channelRemove")->click();
    until("the question", [] { return qobject_cast<QMessageBox *>(QApplication::activeModalWidget()); });
    photograph(QStringLiteral("channel-remove"));
    if (QWidget *question = QApplication::activeModalWidget())
        question->close();
    close("channelsDialog");
}

void Photographer::mediaViewer()
{
    const QTemporaryDir folder;
    QImage image(1600, 1000, QImage::Format_RGB32);
    QPainter painter(&image);
    painter.fillRect(image.rect(), QGradient(QGradient::DeepBlue));
    painter.fillRect(QRect(500, 300, 600, 400), QColor(0xf2, 0xc1, 0x4e));
    painter.end();
    QFile text(folder.filePath(QStringLiteral("text")));
    if (!image.save(folder.filePath(QStringLiteral("lamp")), "PNG") || !text.open(QIODevice::WriteOnly))
        m_camera.fail();
    MediaRecord lamp;
    lamp.hash = QStringLiteral("lamp");
    lamp.description = named("A yellow lamp on a blue table: its cable is broken where it enters the stand.");
    MediaRecord missing;
    MediaRecord unreadable;
    unreadable.hash = QStringLiteral("text");
    auto *viewer = new MediaViewer(folder.path(), {lamp, missing, unreadable}, 0, &m_world->window());
    viewer->open();
    until("the picture", [this] { return !m_world->textOf("mediaZoom").isEmpty(); });
    photograph(QStringLiteral("media-viewer"));
    const auto *picture = viewer->findChild<QScrollArea *>(QStringLiteral("mediaArea"))->widget();
    for (const char *name : {"media-not-fetched", "media-no-picture"}) {
        const QString before = picture->accessibleName();
        viewer->findChild<QToolButton *>(QStringLiteral("mediaNext"))->click();
        until("the next attachment", [picture, before] {
            return !picture->accessibleName().isEmpty() && picture->accessibleName() != before;
        });
        photograph(QString::fromLatin1(name));
    }
    viewer->close();
    goBack();
}

void Photographer::writing()
{
    open("agents", QStringLiteral("agents.show"));
    photograph(QStringLiteral("agents"));
    close("agents");
    open("teams", QStringLiteral("teams.show"));
    photograph(QStringLiteral("teams-empty"));
    const qint64 team = m_world->act(Act::AddTeam{named("Support")}).created;
    for (const AgentRecord &agent : m_world->window().roster().agents())
        (void)m_world->act(Act::SetTeamMember{TeamId(team), agent.id, true});
    until("the team", [this] { return m_world->find<QListWidget>("teamsList")->count() == 1; });
    m_world->find<QListWidget>("teamsList")->setCurrentRow(0);
    photograph(QStringLiteral("teams"));
    (void)m_world->act(Act::RemoveTeam{TeamId(team)});
    until("no team", [this] { return m_world->find<QListWidget>("teamsList")->count() == 0; });
    close("teams");
    open("savedReplies", QStringLiteral("replies.show"));
    photograph(QStringLiteral("saved-replies-empty"));
    close("savedReplies");
    open("macros", QStringLiteral("macros.show"));
    photograph(QStringLiteral("macros-empty"));
    close("macros");
    showMention();
    open("macroPicker", QStringLiteral("M"));
    photograph(QStringLiteral("macro-picker-empty"));
    close("macroPicker");
    (void)m_world->act(Act::KeepSavedReply{{},
                                           named("Power button"),
                                           QStringLiteral("Hello {first name}, please hold the power button for ten "
                                                          "seconds. Your order is {order number}. {agent}")});
    (void)m_world->act(Act::KeepSavedReply{{}, named("Thanks"), QStringLiteral("Thank you, {name}!")});
    (void)m_world->act(Act::KeepMacro{{},
                                      named("Hardware to me"),
                                      QStringLiteral("H"),
                                      {{MacroStepKind::claim, {}},
                                       {MacroStepKind::addTag, QStringLiteral("hardware")},
                                       {MacroStepKind::setPriority, QStringLiteral("high")}}});
    (void)m_world->act(Act::KeepMacro{{},
                                      named("Away until Monday"),
                                      QStringLiteral("M"),
                                      {{MacroStepKind::addNote, named("Waiting for the spare part")},
                                       {MacroStepKind::snooze, QStringLiteral("4320")}}});
    until("the macros", [this] { return m_world->window().roster().macros().size() == 2; });
    open("savedReplies", QStringLiteral("replies.show"));
    photograph(QStringLiteral("saved-replies"));
    close("savedReplies");
    open("macros", QStringLiteral("macros.show"));
    m_world->find<QListWidget>("macroSteps")->setCurrentRow(1);
    photograph(QStringLiteral("macros"));
    close("macros");
}

void Photographer::composingByHelp()
{
    showMention();
    open("macroPicker", QStringLiteral("M"));
    photograph(QStringLiteral("macro-picker"));
    close("macroPicker");
    press(QStringLiteral("R"));
    m_world->type(QStringLiteral("We are sory about the brokn lamp. ;"));
    until("the saved replies", [this] { return m_world->widget("savedReplyCompletion")->isVisible(); });
    photograph(QStringLiteral("composer-saved-replies"));
    press(QStringLiteral("Return"));
    photograph(QStringLiteral("composer-gap"));
    press(QStringLiteral("Ctrl+Return"));
    photograph(QStringLiteral("composer-gap-asked"));
    press(QStringLiteral("Ctrl+A"));
    press(QStringLiteral("Backspace"));
    press(QStringLiteral("Esc"));
}

void Photographer::windows()
{
    open("shortcutsDialog", QStringLiteral("keys.change"));
    photograph(QStringLiteral("shortcuts"));
    m_world->type(QStringLiteral("nothing like it"));
    photograph(QStringLiteral("shortcuts-nothing"));
    close("shortcutsDialog");
    open("journalDialog", QStringLiteral("journal.show"));
    until("the journal", [this] { return m_world->find<QTableView>("journalTable")->model()->rowCount() > 0; });
    photograph(QStringLiteral("journal"));
    close("journalDialog");
    open("upkeepDialog", QStringLiteral("workspace.verify"));
    until("the check", [this] { return !m_world->widget("upkeepBar")->isVisible(); });
    photograph(QStringLiteral("check"));
    close("upkeepDialog");
    showMention();
    open("conversationWindow", QStringLiteral("conversation.window"));
    photograph(QStringLiteral("own-window"));
    close("conversationWindow");
    open("contactWindow", QStringLiteral("contact.show"));
    until("whose it is", [this] { return m_world->find<QListWidget>("contactIdentities")->count() > 0; });
    photograph(QStringLiteral("contact-window"));
    close("contactWindow");
}

} // namespace Earshot
