// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/sharedroom.h"

#include "desk/awaynews.h"
#include "tests/ui/markup.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/shell/messagebar.h"
#include "ui/window/awaydialog.h"

#include <QAbstractButton>
#include <QSignalSpy>

#include <algorithm>

namespace Earshot {

namespace {

struct Mention
{
    const char *who;
    const char *text;
};

constexpr Mention mentions[] = {
    {"mira", "Since the update my ThinkTower won't wake any more, whatever I press."},
    {"jonas", "Is the power supply of the ThinkTower 9 the same as that of the 8?"},
    {"lena", "The lamp that I ordered three weeks ago is still not here. What happened to it?"},
    {"omar", "Thank you, the new hinge fits!"},
};

} // namespace

SharedRoom::SharedRoom(Camera &camera, Appearance &appearance)
    : m_camera(camera)
    , m_appearance(appearance)
    , m_port(m_world.server().port())
{
}

SharedRoom::~SharedRoom()
{
    m_other.reset();
    m_kim.reset();
}

void SharedRoom::run()
{
    fill();
    begin();
    drafts();
    heldUp();
    offline();
    refused();
    edited();
    unsure();
    away();
    devices();
    leaving();
    m_kim.reset();
    parted();
}

void SharedRoom::fill()
{
    for (const Mention &mention : mentions)
        m_world.receive(ServerWorld::open, QString::fromLatin1(mention.who), QString::fromUtf8(mention.text));
    if (m_camera.look() == Camera::Look::forMarkup)
        m_world.runSql(QStringLiteral("UPDATE agent SET name = '%1' || name; UPDATE identity SET name = '%1' || name;"
                                      "UPDATE channel SET name = '%1', account_name = '%1';"
                                      "UPDATE conversation SET snippet = '%1' || snippet;"
                                      "UPDATE message SET text = '%1' || text;")
                           .arg(hostileName().replace(QLatin1Char('\''), QStringLiteral("''"))));
}

void SharedRoom::begin()
{
    m_other = std::make_unique<SharedDesktop>(m_world, ServerWorld::kim, m_appearance);
    m_other->close();
    m_kim = std::make_unique<SharedDesktop>(m_world, ServerWorld::kim, m_appearance, m_line.serverPort());
    MainWindow &window = m_kim->window();
    if (m_camera.look() == Camera::Look::none)
        window.showMaximized();
    else
        window.resize(1280, 720);
    window.activateWindow();
    m_kim->open(first);
    m_camera.photograph(QStringLiteral("shared"));
}

QWidget *SharedRoom::widget(const char *name) const
{
    return m_kim->window().findChild<QWidget *>(QString::fromLatin1(name));
}

bool SharedRoom::isShown(const char *name) const
{
    const QWidget *found = widget(name);
    return found && found->isVisible();
}

void SharedRoom::click(const char *name) const
{
    if (auto *button = find<QAbstractButton>(name))
        button->click();
}

void SharedRoom::open(const char *command, const char *dialog)
{
    (void)m_kim->window().commands().trigger(QString::fromLatin1(command));
    until(dialog, [this, dialog] { return isShown(dialog); });
}

void SharedRoom::close(const char *dialog)
{
    if (QWidget *shown = widget(dialog))
        shown->close();
    // Without a window manager nobody gives the keyboard back.
    m_kim->window().activateWindow();
    until("the window again", [this] { return m_kim->window().isActiveWindow(); });
}

/// What Kim typed at the other desktop.
void SharedRoom::tell(const DraftRecord &draft)
{
    m_other->desk().saveDraft(draft);
    (void)m_other->desk().flushPersonal();
}

void SharedRoom::write(ConversationId id)
{
    m_kim->open(id);
    (void)m_kim->window().commands().trigger(QStringLiteral("conversation.reply"));
    until("the composer", [this] { return isShown("composerSend"); });
}

void SharedRoom::drafts()
{
    const QSignalSpy arrived(&m_kim->desk(), &Desk::draftArrived);
    const auto *elsewhere = find<ChoiceBar>("composerElsewhere");
    write(first);
    DraftRecord draft;
    draft.conversation = first;
    draft.text = QStringLiteral("We are sorry! Please hold the power button for ten seconds. If it does not wake then, "
                                "write to us again.");
    tell(draft);
    until("the draft from elsewhere", [elsewhere] { return elsewhere->isVisible(); });
    m_camera.photograph(QStringLiteral("draft-elsewhere"));
    if (auto *keep = elsewhere->findChild<QAbstractButton *>(QStringLiteral("choice1")))
        keep->click();
    m_kim->pane().composer().closeEditor();
    for (const ConversationId id : {second, third}) {
        draft.conversation = id;
        draft.text = QStringLiteral("It looks like this:");
        draft.media = {{QStringLiteral("abc"), QStringLiteral("image/png"), QStringLiteral("a lamp")}};
        tell(draft);
        until("the draft", [&arrived, id] {
            return std::any_of(arrived.cbegin(), arrived.cend(), [id](const QVariantList &arguments) {
                return arguments.constFirst().value<ConversationId>() == id;
            });
        });
    }
    write(second);
    until("the files that stay", [this] { return isShown("composerStays"); });
    m_camera.photograph(QStringLiteral("draft-files-elsewhere"));
    m_kim->pane().composer().closeEditor();
    write(third);
    until("its text", [this] { return !find<QPlainTextEdit>("composerText")->toPlainText().isEmpty(); });
    draft.media.clear();
    draft.text.clear();
    tell(draft);
    until("that it is gone", [elsewhere] { return elsewhere->isVisible(); });
    m_camera.photograph(QStringLiteral("draft-gone-elsewhere"));
    m_kim->pane().composer().closeEditor();
    m_kim->open(first);
    m_other.reset();
}

/// The server is there, and takes nothing.
void SharedRoom::heldUp()
{
    m_line.loseRequests("addTag", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    (void)m_kim->desk().perform({makeAction(Act::AddTag{first, QStringLiteral("repair")}, m_world.clock().now())});
    until("what waits", [this] { return m_kim->desk().waitingCount() > 0; });
    m_world.clock().advance(std::chrono::seconds(5));
    until("that it is held up", [this] { return isShown("outboxButton"); });
    m_camera.photograph(QStringLiteral("held-up"));
    open("outbox.show", "outboxDialog");
    m_camera.photograph(QStringLiteral("outbox-held-up"));
    close("outboxDialog");
    m_line.loseRequests({});
    until("that it went out", [this] { return m_kim->desk().waitingCount() == 0; });
}

void SharedRoom::leave()
{
    m_world.stopServer();
    until("that the server is gone", [this] { return m_kim->desk().status().kind == DeskStatus::Kind::offline; });
}

void SharedRoom::comeBack()
{
    m_world.start({}, m_port);
    until("the server", [this] { return m_kim->desk().status().kind == DeskStatus::Kind::current; });
}

void SharedRoom::send(const QString &text)
{
    m_kim->type(text);
    click("composerSend");
    until("the reply's way", [this] { return !isShown("composer"); });
}

void SharedRoom::answerAs(AgentId agent, const char *text)
{
    Act::SendReply reply;
    reply.conversation = first;
    reply.text = QString::fromUtf8(text);
    (void)m_world.act(reply, agent);
}

void SharedRoom::offline()
{
    leave();
    m_camera.photograph(QStringLiteral("offline"));
    m_kim->open(first);
    send(QStringLiteral("We are sorry! Please hold the power button for ten seconds."));
    m_kim->open(second);
    (void)m_kim->window().commands().trigger(QStringLiteral("conversation.claim"));
    until("what waits", [this] { return m_kim->desk().waitingCount() > 1; });
    m_kim->open(first);
    m_camera.photograph(QStringLiteral("offline-waiting"));
    open("outbox.show", "outboxDialog");
    m_camera.photograph(QStringLiteral("outbox-offline"));
    close("outboxDialog");
    open("channels.show", "channelsDialog");
    m_camera.photograph(QStringLiteral("channels-offline"));
    close("channelsDialog");
    open("workspace.logOut", "logOutDialog");
    m_camera.photograph(QStringLiteral("log-out-unsent"));
    close("logOutDialog");
}

void SharedRoom::refused()
{
    answerAs(ServerWorld::ana, "Hello, this is Ana: your tower gets a new power supply today.");
    comeBack();
    until("the refusal", [this] { return m_kim->desk().refusedCount() > 0; });
    until("a word of it", [this] { return !m_kim->window().findChild<MessageBar *>()->text().isEmpty(); });
    m_camera.photograph(QStringLiteral("refused"));
    open("outbox.show", "outboxDialog");
    until("both texts", [this] {
        return isShown("outboxPresent") && isShown("outboxAnyway") &&
               find<QAbstractButton>("outboxAnyway")->isEnabled();
    });
    m_camera.photograph(QStringLiteral("outbox-refused"));
    auto *ask = find<ChoiceBar>("outboxAsk");
    click("outboxDiscard");
    until("the question", [ask] { return ask->isVisible(); });
    m_camera.photograph(QStringLiteral("outbox-discard-question"));
    const QString before = find<QPlainTextEdit>("outboxPresent")->toPlainText();
    answerAs(ServerWorld::ana, "It is on its way.");
    until("the news", [this, before] { return find<QPlainTextEdit>("outboxPresent")->toPlainText() != before; });
    click("outboxAnyway");
    until("the question", [ask] { return ask->isVisible(); });
    m_camera.photograph(QStringLiteral("outbox-news"));
}

void SharedRoom::edited()
{
    click("outboxEdit");
    until("the words in the composer", [this] { return isShown("composerText"); });
    m_kim->window().activateWindow();
    m_camera.photograph(QStringLiteral("refused-edited"));
    m_kim->pane().composer().closeEditor();
}

void SharedRoom::away()
{
    open("away.show", "awayDialog");
    m_camera.photograph(QStringLiteral("away-nothing"));
    close("awayDialog");
    const auto newest = [this] {
        return m_kim->desk().workspace().readNow<LastPresence>(newestJournalLine).value_or(LastPresence());
    };
    LastPresence since = newest();
    since.at = m_world.clock().now();
    m_world.clock().advance(std::chrono::hours(1));
    (void)m_world.act(Act::Assign{second, ServerWorld::kim});
    (void)m_world.act(Act::AddNote{second, QStringLiteral("@Kim the replacement part is on its way")});
    until("what Ana did", [&] { return newest().journal > since.journal; });
    auto *dialog = new AwayDialog(m_kim->desk(), m_kim->window().roster(), since, &m_kim->window());
    dialog->open();
    until("the news", [this] { return find<QAbstractButton>("awayOpen")->isEnabled(); });
    m_camera.photograph(QStringLiteral("away"));
    close("awayDialog");
}

} // namespace Earshot
