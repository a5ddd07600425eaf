// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>
#include <QPalette>

class QApplication;

namespace Earshot {

/// Decides how the program looks: the person's choice, else the desktop's (asked for by D-Bus), else what the platform
/// gives; with palettes of ours on Fusion where the platform gives none. Lives as long as the application.
class Appearance final : public QObject
{
    Q_OBJECT

public:
    enum class Scheme { system, light, dark, highContrast };

    /// @param bus where the desktop is asked, and tells when it changes
    explicit Appearance(QApplication &application, QDBusConnection bus = QDBusConnection::sessionBus());
    /// Applies it now and remembers it.
    void choose(Scheme scheme);
    [[nodiscard]] Scheme chosen() const { return m_chosen; }
    /// The settings were replaced.
    void reload();

    [[nodiscard]] static QPalette palette(Scheme scheme);
    [[nodiscard]] static bool isDark(const QPalette &palette);
    /// Whether only lines tell things apart: everything lies on one colour.
    [[nodiscard]] static bool isHighContrast(const QPalette &palette);
    /// The contrast of two opaque colours (WCAG 2.2, 1.4.3).
    [[nodiscard]] static double contrast(const QColor &one, const QColor &other);

    // Colours with a meaning, made from any palette; each has contrast of at least 4.5 on its Base in ours.
    [[nodiscard]] static QColor quietText(const QPalette &palette);
    [[nodiscard]] static QColor warning(const QPalette &palette);
    [[nodiscard]] static QColor accent(const QPalette &palette);
    /// Around what is typed into or chosen from: contrast of at least 3 (WCAG 2.2, 1.4.11).
    [[nodiscard]] static QColor fieldEdge(const QPalette &palette);
    [[nodiscard]] static QColor line(const QPalette &palette);
    [[nodiscard]] static QColor markedRow(const QPalette &palette);

private Q_SLOTS:
    void onDesktopSetting(const QString &group, const QString &name);

private:
    void askDesktop();
    void ask(const QString &name);
    void take(const QString &name, const QVariant &value);
    void apply(Scheme scheme);
    [[nodiscard]] Scheme wished() const;

    QApplication &m_application;
    Scheme m_chosen = Scheme::system;
    QDBusConnection m_bus;
    uint m_preference = 0; ///< as the portal says: 1 prefers dark, 2 light
    uint m_contrast = 0;   ///< 1 prefers more
    bool m_platformDecides = false;
};

} // namespace Earshot
