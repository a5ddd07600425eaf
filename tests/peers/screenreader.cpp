// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/peers/screenreader.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusReply>
#include <QDBusVariant>

namespace Earshot {

QDBusArgument &operator<<(QDBusArgument &argument, const AccessibleNode &node)
{
    argument.beginStructure();
    argument << node.service << QDBusObjectPath(node.path);
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, AccessibleNode &node)
{
    QDBusObjectPath path;
    argument.beginStructure();
    argument >> node.service >> path;
    argument.endStructure();
    node.path = path.path();
    return argument;
}

namespace {

constexpr int patience = 20'000;
constexpr const char *busName = "screenreader";
constexpr const char *accessible = "org.a11y.atspi.Accessible";

/// The accessibility bus stands beside the session's, which knows its address.
QDBusConnection accessibilityBus(QString *trouble)
{
    QDBusConnection session = QDBusConnection::sessionBus();
    QDBusMessage wish =
        QDBusMessage::createMethodCall(QStringLiteral("org.a11y.Bus"), QStringLiteral("/org/a11y/bus"),
                                       QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Set"));
    // As screen readers do when they start: programs begin to tell only then.
    wish << QStringLiteral("org.a11y.Status") << QStringLiteral("IsEnabled") << QVariant::fromValue(QDBusVariant(true));
    session.call(wish, QDBus::Block, patience);
    const QDBusReply<QString> address =
        session.call(QDBusMessage::createMethodCall(QStringLiteral("org.a11y.Bus"), QStringLiteral("/org/a11y/bus"),
                                                    QStringLiteral("org.a11y.Bus"), QStringLiteral("GetAddress")),
                     QDBus::Block, patience);
    if (!address.isValid())
        *trouble = address.error().message();
    return QDBusConnection::connectToBus(address.value(), QString::fromLatin1(busName));
}

} // namespace

ScreenReader::ScreenReader()
    : m_bus(accessibilityBus(&m_trouble))
{
    qDBusRegisterMetaType<AccessibleNode>();
    qDBusRegisterMetaType<QList<AccessibleNode>>();
    if (!m_bus.isConnected()) {
        m_trouble += m_bus.lastError().message();
        return;
    }
    const auto registry = [this](const char *event) {
        QDBusMessage wish = QDBusMessage::createMethodCall(
            QStringLiteral("org.a11y.atspi.Registry"), QStringLiteral("/org/a11y/atspi/registry"),
            QStringLiteral("org.a11y.atspi.Registry"), QStringLiteral("RegisterEvent"));
        wish << QString::fromLatin1(event) << QStringList() << QString();
        const QDBusMessage answer = m_bus.call(wish, QDBus::Block, patience);
        if (answer.type() == QDBusMessage::ErrorMessage)
            m_trouble += answer.errorMessage();
    };
    registry("object:state-changed:focused");
    registry("object:state-changed:showing");
    m_bus.connect({}, {}, QStringLiteral("org.a11y.atspi.Event.Object"), QStringLiteral("StateChanged"), this,
                  SLOT(stateChanged(QDBusMessage)));
    m_isListening = m_trouble.isEmpty();
}

ScreenReader::~ScreenReader()
{
    QDBusConnection::disconnectFromBus(QString::fromLatin1(busName));
}

QDBusMessage ScreenReader::ask(const AccessibleNode &node, const char *interface, const char *method,
                               const QVariantList &arguments)
{
    QDBusMessage call = QDBusMessage::createMethodCall(node.service, node.path, QString::fromLatin1(interface),
                                                       QString::fromLatin1(method));
    call.setArguments(arguments);
    return m_bus.call(call, QDBus::Block, patience);
}

QVariant ScreenReader::property(const AccessibleNode &node, const char *interface, const char *name)
{
    const QDBusReply<QDBusVariant> answer = ask(node, "org.freedesktop.DBus.Properties", "Get",
                                                {QString::fromLatin1(interface), QString::fromLatin1(name)});
    return answer.isValid() ? answer.value().variant() : QVariant();
}

std::vector<AccessibleNode> ScreenReader::programs()
{
    return children({QStringLiteral("org.a11y.atspi.Registry"), QStringLiteral("/org/a11y/atspi/accessible/root")});
}

std::vector<AccessibleNode> ScreenReader::children(const AccessibleNode &node)
{
    const QDBusReply<QList<AccessibleNode>> answer = ask(node, accessible, "GetChildren");
    const QList<AccessibleNode> list = answer.isValid() ? answer.value() : QList<AccessibleNode>();
    return {list.begin(), list.end()};
}

AccessibleFacts ScreenReader::facts(const AccessibleNode &node)
{
    AccessibleFacts facts;
    const QDBusReply<QString> role = ask(node, accessible, "GetRoleName");
    facts.role = role.value();
    facts.name = property(node, accessible, "Name").toString();
    facts.description = property(node, accessible, "Description").toString();
    facts.childCount = property(node, accessible, "ChildCount").toInt();
    const QDBusReply<QList<uint>> states = ask(node, accessible, "GetState");
    if (states.isValid() && states.value().size() >= 2)
        facts.states = states.value().at(0) | (quint64(states.value().at(1)) << 32);
    return facts;
}

QString ScreenReader::text(const AccessibleNode &node)
{
    const QDBusReply<QString> answer = ask(node, "org.a11y.atspi.Text", "GetText", {0, -1});
    return answer.value();
}

QRect ScreenReader::place(const AccessibleNode &node)
{
    const QDBusMessage answer = ask(node, "org.a11y.atspi.Component", "GetExtents", {0U});
    if (answer.arguments().isEmpty())
        return {};
    const auto argument = answer.arguments().constFirst().value<QDBusArgument>();
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    argument.beginStructure();
    argument >> x >> y >> width >> height;
    argument.endStructure();
    return {x, y, width, height};
}

bool ScreenReader::act(const AccessibleNode &node, int action)
{
    const QDBusReply<bool> answer = ask(node, "org.a11y.atspi.Action", "DoAction", {action});
    return answer.isValid() && answer.value();
}

QStringList ScreenReader::actions(const AccessibleNode &node)
{
    QStringList names;
    const int count = property(node, "org.a11y.atspi.Action", "NActions").toInt();
    for (int i = 0; i < count; ++i) {
        const QDBusReply<QString> name = ask(node, "org.a11y.atspi.Action", "GetName", {i});
        names.append(name.value());
    }
    return names;
}

int ScreenReader::walk(const AccessibleNode &top,
                       const std::function<bool(const AccessibleNode &, const AccessibleFacts &)> &visit)
{
    std::vector<AccessibleNode> waiting{top};
    int seen = 0;
    while (!waiting.empty()) {
        const AccessibleNode node = waiting.back();
        waiting.pop_back();
        const AccessibleFacts known = facts(node);
        const bool isShown = known.is(Showing) || known.role == QLatin1String("application");
        if (!isShown)
            continue;
        ++seen;
        if (!visit(node, known))
            return seen;
        const std::vector<AccessibleNode> below = children(node);
        waiting.insert(waiting.end(), below.rbegin(), below.rend());
    }
    return seen;
}

AccessibleNode ScreenReader::find(const AccessibleNode &top, const QString &role, const QString &namePart)
{
    AccessibleNode found;
    walk(top, [&](const AccessibleNode &node, const AccessibleFacts &known) {
        if (known.role != role || !known.name.contains(namePart))
            return true;
        found = node;
        return false;
    });
    return found;
}

void ScreenReader::press(quint32 keysym)
{
    constexpr uint bySymbol = 3;
    const AccessibleNode keyboard{QStringLiteral("org.a11y.atspi.Registry"),
                                  QStringLiteral("/org/a11y/atspi/registry/deviceeventcontroller")};
    const QDBusMessage answer = ask(keyboard, "org.a11y.atspi.DeviceEventController", "GenerateKeyboardEvent",
                                    {int(keysym), QString(), bySymbol});
    if (answer.type() == QDBusMessage::ErrorMessage)
        m_trouble = answer.errorMessage();
}

void ScreenReader::type(const QString &letters)
{
    for (const QChar letter : letters)
        press(letter.unicode());
}

QStringList ScreenReader::takeSaid()
{
    return std::exchange(m_said, {});
}

void ScreenReader::stateChanged(const QDBusMessage &event)
{
    const QVariantList words = event.arguments();
    const AccessibleNode node{event.service(), event.path()};
    const bool isOn = words.value(1).toInt() == 1;
    if (isOn && words.value(0).toString() == QLatin1String("focused")) {
        m_focused = node;
        const AccessibleFacts known = facts(node);
        m_said.append(QStringLiteral("%1: %2").arg(known.role, known.name));
    } else if (isOn && words.value(0).toString() == QLatin1String("showing")) {
        // What GNOME's screen reader says by itself.
        if (const AccessibleFacts known = facts(node); known.role == QLatin1String("notification"))
            m_said.append(QStringLiteral("%1: %2").arg(known.role, known.name));
    }
}

} // namespace Earshot
