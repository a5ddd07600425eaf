// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/viewcommands.h"

#include "model/keptversion.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/viewdialog.h"
#include "ui/inbox/viewpane.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/queues.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPointer>

#include <algorithm>

namespace Earshot {

ViewCommands::ViewCommands(Desk &desk, const Roster &roster, ViewPane &pane, ConversationActions &actions,
                           QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_roster(roster)
    , m_pane(pane)
    , m_actions(actions)
    , m_window(window)
{
    // Behind the pane's own rows, which follow the same signal.
    connect(
        &roster, &Roster::rosterChanged, this, [this] { chooseSoon(std::exchange(m_toChoose, {})); },
        Qt::QueuedConnection);
}

QStringList ViewCommands::ids()
{
    return {QStringLiteral("view.new"),  QStringLiteral("view.saveSearch"), {},
            QStringLiteral("view.edit"), QStringLiteral("view.remove"),     QStringLiteral("view.up"),
            QStringLiteral("view.down")};
}

QStringList ViewCommands::menuIds() const
{
    const ListQuery place = m_pane.place();
    QStringList ofRow;
    if (place.view == View::channel)
        ofRow = {QStringLiteral("channels.show"), QStringLiteral("channels.pull"), QStringLiteral("sending.stop"),
                 QStringLiteral("sending.resume")};
    else if (Queues::agentOf(place).isValid())
        ofRow = {QStringLiteral("agents.show")};
    else if (!Queues::teamChannelsOf(place).isEmpty())
        ofRow = {QStringLiteral("teams.show")};
    else if (m_pane.current())
        ofRow = {QStringLiteral("view.edit"), QStringLiteral("view.remove"), QStringLiteral("view.up"),
                 QStringLiteral("view.down")};
    const QString line;
    return ofRow + QStringList{line, QStringLiteral("notice.pin"), QStringLiteral("view.copyName"),
                               line, QStringLiteral("view.new"),   QStringLiteral("view.saveSearch")};
}

void ViewCommands::addCommands(CommandRegistry &commands)
{
    const auto add = [&](const char *id, const QString &text, const char *icon, std::function<bool()> isEnabled,
                         std::function<void()> run) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.icon = QString::fromLatin1(icon);
        command.needsRight = true;
        command.isEnabled = std::move(isEnabled);
        command.run = std::move(run);
        commands.add(std::move(command));
    };
    const auto mayMove = [this](int step) {
        return [this, step] {
            const ViewRecord *view = mayChange() ? m_pane.current() : nullptr;
            if (!view)
                return false;
            const QList<ViewRecord> all = siblings(*view);
            const qsizetype to = all.indexOf(*view) + step;
            return to >= 0 && to < all.size();
        };
    };
    add(
        "view.new", tr("&New view…"), "add", [this] { return m_roster.canAct(); },
        [this] {
            ViewRecord view;
            view.content.filter.statuses = {Status::open};
            edit(view);
        });
    add(
        "view.saveSearch", tr("&Save this search as a view…"), "search",
        [this] { return m_roster.canAct() && m_search && !m_search().trimmed().isEmpty(); },
        [this] {
            ViewRecord view;
            view.content.search = m_search().trimmed();
            view.content.name = view.content.search.left(40);
            edit(view);
        });
    const auto may = [this] { return mayChange(); };
    add("view.edit", tr("&Edit this view…"), "", may, [this] { edit(*m_pane.current()); });
    add("view.remove", tr("&Remove this view"), "close", may, [this] { remove(*m_pane.current()); });
    add("view.up", tr("Move this view &up"), "up", mayMove(-1), [this] { move(-1); });
    add("view.down", tr("Move this view &down"), "", mayMove(1), [this] { move(1); });
    Command copying;
    copying.id = QStringLiteral("view.copyName");
    copying.text = tr("&Copy the list's name");
    copying.icon = QStringLiteral("copy");
    copying.isEnabled = [this] { return m_pane.currentIndex().isValid(); };
    copying.run = [this] { copyName(); };
    commands.add(std::move(copying));
}

void ViewCommands::copyName()
{
    const AgentId agent = Queues::agentOf(m_pane.place());
    // Beside it stands whether they are there.
    const QString name =
        agent.isValid() ? m_roster.agentName(agent) : m_pane.currentIndex().data(Qt::DisplayRole).toString();
    QGuiApplication::clipboard()->setText(name);
    Q_EMIT message(tr("The name is copied."));
}

bool ViewCommands::mayChange() const
{
    const ViewRecord *view = m_pane.current();
    return view && (view->isShared() ? m_roster.isLead() : m_roster.canAct());
}

QList<ViewRecord> ViewCommands::siblings(const ViewRecord &view) const
{
    QList<ViewRecord> all = m_roster.views();
    all.removeIf([&view](const ViewRecord &one) { return one.isShared() != view.isShared(); });
    return all;
}

void ViewCommands::edit(const ViewRecord &view)
{
    auto *dialog = new ViewDialog(m_desk, m_roster, view, m_window);
    const auto seen = std::make_shared<QString>(view.isShared() ? versionOf(view.content) : QString());
    connect(dialog, &ViewDialog::saved, this,
            [this, view, seen, dialog = QPointer(dialog)](const ViewContent &content, bool isShared) {
                ViewRecord changed = view;
                changed.content = content;
                save(changed, isShared, seen, [dialog](const QString &problem) {
                    if (dialog)
                        dialog->finish(problem);
                });
            });
    dialog->open();
}

void ViewCommands::save(ViewRecord view, bool isShared, const std::shared_ptr<QString> &seen,
                        const std::function<void(const QString &)> &finished)
{
    const Time now = m_desk.workspace().clock().now();
    if (!isShared) {
        const bool isNew = view.uuid.isEmpty();
        if (isNew) {
            view.uuid = newUuid(now).toString(QUuid::WithoutBraces);
            view.position = 1;
            for (const ViewRecord &other : siblings(view))
                view.position = std::max(view.position, other.position + 1);
            chooseSoon(view.uuid);
        }
        static_cast<void>(tidyView(view.content));
        const ViewRecord *known = m_roster.view(view.uuid);
        const ViewRecord before = known ? *known : ViewRecord();
        keepOwn(view);
        finished({});
        if (isNew)
            m_actions.tellDone(tr("Made the view %1").arg(Wording::isolated(view.content.name)), [this, view] {
                dropOwn(view.uuid);
                return true;
            });
        else
            m_actions.tellDone(tr("Changed the view %1").arg(Wording::isolated(view.content.name)), [this, before] {
                keepOwn(before);
                return true;
            });
        return;
    }
    const Action action = makeAction(Act::SaveView{view.id, view.content, *seen}, now);
    const ViewRecord *known = view.uuid.isEmpty() ? nullptr : m_roster.view(view.uuid);
    const ViewRecord before = known ? *known : view;
    whenTold(
        m_desk.perform({action}), this, [this, view, before, action, seen, finished](const QList<Outcome> &outcomes) {
            const Outcome outcome = outcomes.value(0);
            if (!outcome.isApplied()) {
                // Who saves once more has been told.
                const ViewRecord *theirs = view.uuid.isEmpty() ? nullptr : m_roster.view(view.uuid);
                if (outcome.refusal.kind == RefusalKind::changed && theirs)
                    *seen = versionOf(theirs->content);
                finished(ErrorText::of(outcome.refusal));
                return;
            }
            if (!view.isShared()) {
                // The action names what it makes; what was one's own is everybody's now.
                chooseSoon(action.id.toString(QUuid::WithoutBraces));
                // Until the server has it, it is one's own too: it may be refused.
                if (!view.uuid.isEmpty() && !outcome.isForecast) {
                    dropOwn(view.uuid);
                }
            }
            finished({});
            const QString name = Wording::isolated(view.content.name);
            if (view.isShared() || view.uuid.isEmpty())
                m_actions.rememberOutcomes(
                    view.isShared() ? tr("Changed the view %1").arg(name) : tr("Made the view %1").arg(name), outcomes);
            else if (outcome.inverse)
                rememberSharing(before, *outcome.inverse, name);
        });
}

/// One's own that is everybody's now would be nobody's without its inverse alone: it is one's own again before.
void ViewCommands::rememberSharing(const ViewRecord &own, const ActionArguments &inverse, const QString &name)
{
    const QString deed = tr("Made the view %1 everybody's").arg(name);
    m_actions.tellDone(deed, [this, own, inverse, deed] {
        keepOwn(own);
        const Action removal = makeAction(inverse, m_desk.workspace().clock().now());
        whenTold(m_desk.perform({removal}), this, [this, own, deed](const QList<Outcome> &outcomes) {
            chooseSoon(own.uuid);
            if (outcomes.value(0).isApplied())
                m_actions.tellDone(tr("Undone: %1").arg(deed), {});
            else
                m_actions.tellOutcomes(deed, outcomes);
        });
        return false;
    });
}

void ViewCommands::chooseSoon(const QString &uuid)
{
    if (!uuid.isEmpty() && m_roster.view(uuid))
        m_pane.chooseMade(uuid);
    else
        m_toChoose = uuid;
}

void ViewCommands::keepOwn(const ViewRecord &view)
{
    m_desk.saveView(view);
    static_cast<void>(m_desk.flushPersonal());
}

void ViewCommands::dropOwn(const QString &uuid)
{
    m_desk.dropView(uuid);
    static_cast<void>(m_desk.flushPersonal());
}

void ViewCommands::remove(const ViewRecord &view)
{
    const QString sentence = tr("Removed the view %1").arg(Wording::isolated(view.content.name));
    if (view.isShared()) {
        const Act::RemoveView removal{view.id, versionOf(view.content)};
        m_actions.perform(sentence, {makeAction(removal, m_desk.workspace().clock().now())});
        return;
    }
    dropOwn(view.uuid);
    m_actions.tellDone(sentence, [this, view] {
        keepOwn(view);
        return true;
    });
}

void ViewCommands::move(int step)
{
    const ViewRecord view = *m_pane.current();
    QList<ViewRecord> all = siblings(view);
    const qsizetype from = all.indexOf(view);
    const qsizetype to = from + step;
    if (view.isShared()) {
        const qsizetype before = step < 0 ? to : to + 1;
        const ViewId place = before < all.size() ? all.at(before).id : ViewId();
        m_actions.perform(tr("Moved the view %1").arg(Wording::isolated(view.content.name)),
                          {makeAction(Act::MoveView{view.id, place}, m_desk.workspace().clock().now())});
        return;
    }
    const QList<ViewRecord> before = all;
    all.move(from, to);
    arrange(all);
    m_actions.tellDone(tr("Moved the view %1").arg(Wording::isolated(view.content.name)), [this, before] {
        arrange(before);
        return true;
    });
}

void ViewCommands::arrange(const QList<ViewRecord> &views)
{
    for (int i = 0; i < views.size(); ++i) {
        // Changed meanwhile, it stays as it is; removed, it stays away.
        const ViewRecord *now = m_roster.view(views.at(i).uuid);
        if (!now)
            continue;
        ViewRecord placed = *now;
        placed.position = i + 1;
        m_desk.saveView(placed);
    }
    static_cast<void>(m_desk.flushPersonal());
}

} // namespace Earshot
